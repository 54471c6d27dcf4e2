import type { ReactNode } from "react";
import { Mark } from "./mark";

/** A page without navigation: what went wrong, and where to go from here. */
export function PlainPage({
  title,
  children,
  actions,
}: {
  title: string;
  children: ReactNode;
  actions: ReactNode;
}) {
  return (
    <main className="mx-auto grid min-h-dvh w-full max-w-120 content-start gap-5 px-4 pt-[16vh] pb-8">
      <Mark className="size-8" />
      <div className="grid gap-1.5">
        <h1 className="font-semibold text-lg">{title}</h1>
        <div className="grid gap-2 text-muted">{children}</div>
      </div>
      <div className="flex flex-wrap gap-2">{actions}</div>
    </main>
  );
}
