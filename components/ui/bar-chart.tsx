"use client";
import dynamic from "next/dynamic";
import type { ReactNode } from "react";
import { formatCount } from "@/lib/browser/format";
import type { Datum } from "./bar-chart-plot";
import { cn } from "./cn";

export type Bar = Datum;

const CHART_HEIGHT = 200;

// The charting library is heavy: it comes by itself, into a box of the final size.
const Plot = dynamic(() => import("./bar-chart-plot"), {
  loading: () => <div style={{ height: CHART_HEIGHT }} />,
});

/** Calls accepted and refused over time: stacked bars, a legend, and the same figures as a table. */
export function BarChart({ label, unit, bars }: { label: string; unit: string; bars: Bar[] }) {
  const accepted = bars.reduce((sum, bar) => sum + bar.accepted, 0);
  const refused = bars.reduce((sum, bar) => sum + bar.refused, 0);
  return (
    <figure aria-label={label} className="grid gap-3">
      <figcaption className="flex flex-wrap gap-x-5 gap-y-1">
        <Legend swatch="bg-accent" name="Accepted" count={accepted} />
        <Legend swatch="bg-danger" name="Refused" count={refused} />
      </figcaption>
      <div aria-hidden className="-ml-1" style={{ height: CHART_HEIGHT }}>
        <Plot bars={bars} height={CHART_HEIGHT} />
      </div>
      <details className="group text-sm">
        <summary className="w-fit rounded-xs py-0.5 text-muted hover:text-ink">
          Show as a table
        </summary>
        <div className="mt-2 max-h-72 overflow-y-auto rounded-md border border-line">
          <table className="w-full">
            <caption className="sr-only">{label}</caption>
            <thead className="border-line border-b bg-canvas text-left text-muted">
              <tr className="*:px-3 *:py-1.5 *:font-medium">
                <th scope="col">{unit}</th>
                <th scope="col" className="text-right">
                  Accepted
                </th>
                <th scope="col" className="text-right">
                  Refused
                </th>
              </tr>
            </thead>
            <tbody className="divide-y divide-line">
              {bars.map((bar) => (
                <tr key={bar.key} className="*:px-3 *:py-1">
                  <th scope="row">{bar.title}</th>
                  <td className="text-right">{formatCount(bar.accepted)}</td>
                  <td className="text-right">{formatCount(bar.refused)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}

function Legend({ swatch, name, count }: { swatch: string; name: ReactNode; count: number }) {
  return (
    <span className="flex items-center gap-2">
      <span aria-hidden className={cn("size-2.5 rounded-xs", swatch)} />
      <span className="text-muted">{name}</span>
      <span className="font-medium">{formatCount(count)}</span>
    </span>
  );
}
