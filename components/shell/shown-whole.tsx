import type { ReactNode } from "react";

const END = "shown-whole";

/**
 * Has the browser paint nothing of the document before all of this has arrived: else a header or
 * a table's row of which a part is there is painted, and moves as the rest comes. Browsers that
 * don't know `rel=expect` paint as ever. For what has an end: a page of a list, not all of it.
 *
 * It works because React puts the link into the document's head, with nothing above that is
 * suspended: a `loading.tsx` or `Suspense` around it would bring the link too late, one inside would
 * end the wait at its fallback.
 *
 * Source: HTML, "Link type 'expect'".
 */
export function ShownWhole({ children }: { children: ReactNode }) {
  return (
    <>
      <link rel="expect" href={`#${END}`} blocking="render" />
      {children}
      <span id={END} hidden />
    </>
  );
}
