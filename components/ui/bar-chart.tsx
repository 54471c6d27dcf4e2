"use client";
import dynamic from "next/dynamic";
import type { ReactNode } from "react";
import { formatCount } from "@/lib/browser/format";
import type { Datum } from "./bar-chart-plot";
import { cn } from "./cn";

export type Bar = Datum;

const CHART_HEIGHT = 200;

/** A chart to come, at its size. */
export function ChartSkeleton() {
  return (
    <div
      aria-hidden
      style={{ height: CHART_HEIGHT }}
      className="flex flex-col justify-between pt-2 pb-6 pl-9"
    >
      {["top", "high", "middle", "low", "bottom"].map((line) => (
        <div key={line} className="h-px bg-line" />
      ))}
    </div>
  );
}

// The charting library is heavy, and knows its width only in the browser: it comes by itself, into
// a box of the final size.
const Plot = dynamic(() => import("./bar-chart-plot"), { ssr: false, loading: ChartSkeleton });

/**
 * Calls accepted and refused over time: stacked bars that the arrow keys walk, a legend, and the
 * same figures as a table. `empty` stands in place of the bars where all are nil.
 */
export function BarChart({
  label,
  unit,
  bars,
  note,
  empty,
}: {
  label: string;
  unit: string;
  bars: Bar[];
  /** A line beside the legend, on a phone below it. */
  note?: string;
  empty?: ReactNode;
}) {
  const accepted = bars.reduce((sum, bar) => sum + bar.accepted, 0);
  const refused = bars.reduce((sum, bar) => sum + bar.refused, 0);
  return (
    <figure aria-label={label} className="grid gap-3">
      <figcaption className="flex flex-wrap gap-x-3 gap-y-1 sm:gap-x-5">
        <Legend swatch="bg-accent" name="Accepted" count={accepted} />
        <Legend swatch="bg-danger" name="Refused" count={refused} />
        {note !== undefined && (
          <span
            title={note}
            className="w-full truncate text-muted text-sm empty:hidden sm:w-0 sm:flex-1"
          >
            {note}
          </span>
        )}
      </figcaption>
      <div
        className="-ml-1 overflow-hidden [&_svg:focus-visible]:-outline-offset-2"
        style={{ height: CHART_HEIGHT }}
      >
        {empty && accepted + refused === 0 ? (
          <p className="ml-1 grid h-full place-items-center rounded-md bg-sunken px-4 text-center text-muted">
            {empty}
          </p>
        ) : (
          <Plot label={label} bars={bars} height={CHART_HEIGHT} />
        )}
      </div>
      <details className="group text-sm">
        <summary className="w-fit rounded-xs py-0.5 text-muted hover:text-ink">
          Show as a table
        </summary>
        <section
          aria-label={`${label} as a table`}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it.
          tabIndex={0}
          className="mt-2 max-h-72 overflow-y-auto rounded-md border border-line"
        >
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
        </section>
      </details>
    </figure>
  );
}

function Legend({ swatch, name, count }: { swatch: string; name: ReactNode; count: number }) {
  return (
    <span className="flex items-center gap-2">
      <span aria-hidden className={cn("size-2.5 rounded-xs", swatch)} />
      <span className="text-muted">{name}</span>
      {/* As wide for any period, so that what follows stays where it is. */}
      <span className="min-w-12 font-medium sm:min-w-18">{formatCount(count)}</span>
    </span>
  );
}
