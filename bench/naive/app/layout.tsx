import type { ReactNode } from "react";

/** What a verification costs in a plain Next app: the variants that `npm run bench` compares with. */
export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  );
}
