import type { ReactNode } from "react";
import { Mark } from "@/components/shell/mark";

/** The narrow page of somebody who is not signed in. */
export function EntryPage({
  title,
  lead,
  children,
}: {
  title: ReactNode;
  lead?: ReactNode;
  children: ReactNode;
}) {
  return (
    <main className="mx-auto grid min-h-dvh w-full max-w-96 content-start gap-6 px-4 pt-[14vh] pb-8">
      <div className="grid gap-3">
        <Mark className="size-8" />
        <div className="grid gap-1">
          <h1 className="wrap-anywhere font-semibold text-lg">{title}</h1>
          {lead && <div className="text-muted">{lead}</div>}
        </div>
      </div>
      {children}
    </main>
  );
}
