import type { ReactNode } from "react";
import { PageHeader } from "@/components/ui/page-header";
import { ThemeSwitch } from "@/components/ui/theme-choice";
import type { Theme } from "@/lib/browser/preferences";
import { Controls } from "./controls";
import { DataDisplay } from "./data-display";
import { Foundations } from "./foundations";
import { Overlays } from "./overlays";
import { States } from "./states";

/** The whole of components/ui on one page. */
export function Gallery({ now, theme }: { now: number; theme: Theme }): ReactNode {
  return (
    <main className="mx-auto max-w-270 px-4 py-8 sm:px-8">
      <PageHeader
        title="Primitives"
        description="Everything in components/ui, in every state it can be in."
        actions={<ThemeSwitch initial={theme} />}
      />
      <Foundations />
      <Controls />
      <Overlays />
      <DataDisplay now={now} />
      <States />
    </main>
  );
}
