"use client";
import { useState } from "react";
import {
  Bar,
  BarChart,
  CartesianGrid,
  ResponsiveContainer,
  Tooltip,
  usePlotArea,
  XAxis,
  type XAxisTickContentProps,
  YAxis,
} from "recharts";
import { axisMarks, namedBars } from "@/lib/browser/axis";
import { formatCompact, formatCount } from "@/lib/browser/format";

/** One bar: `label` for the axis, `title` in full for the tooltip and the table. */
export type Datum = {
  key: string;
  label: string;
  title: string;
  accepted: number;
  refused: number;
};

const tick = { fill: "var(--color-faint)", fontSize: 12 };

/** The drawing of a BarChart: one stop of the Tab key, left and right go from bar to bar. */
export default function Plot({
  label,
  bars,
  height,
}: {
  label: string;
  bars: Datum[];
  height: number;
}) {
  const marks = axisMarks(Math.max(0, ...bars.map(({ accepted, refused }) => accepted + refused)));
  /** A single refusal among thousands of calls must not vanish, and none must not show. */
  const leastHeight = (part: "accepted" | "refused") => (_end: unknown, index: number) =>
    bars[index]?.[part] ? 2 : 0;
  // Measured before the first drawing, which then is neither cut off nor drawn twice.
  const [box, setBox] = useState<HTMLDivElement | null>(null);
  return (
    <div ref={setBox} style={{ height }}>
      {box && (
        <ResponsiveContainer
          width="100%"
          height={height}
          initialDimension={{ width: box.clientWidth, height }}
        >
          <BarChart
            data={bars}
            accessibilityLayer
            role="application"
            aria-label={`${label}: left and right arrow keys read out each bar`}
            margin={{ top: 8, right: 0, bottom: 0, left: 0 }}
            barCategoryGap="22%"
          >
            <CartesianGrid vertical={false} stroke="var(--color-line)" />
            <Hours bars={bars} />
            <YAxis
              tick={tick}
              tickLine={false}
              axisLine={false}
              width={40}
              ticks={marks}
              domain={[0, marks.at(-1) as number]}
              interval={0}
              tickFormatter={formatCompact}
            />
            <Tooltip
              cursor={{ fill: "var(--color-hover)" }}
              isAnimationActive={false}
              content={({ active, payload }) => (
                <Note bar={active ? payload?.[0]?.payload : null} />
              )}
            />
            <Bar
              dataKey="accepted"
              stackId="calls"
              fill="var(--color-accent)"
              minPointSize={leastHeight("accepted")}
              isAnimationActive={false}
            />
            <Bar
              dataKey="refused"
              stackId="calls"
              fill="var(--color-danger)"
              minPointSize={leastHeight("refused")}
              isAnimationActive={false}
            />
          </BarChart>
        </ResponsiveContainer>
      )}
    </div>
  );
}

/** When the bars are: the last one is named, and as many before it as there is room for. */
function Hours({ bars }: { bars: Datum[] }) {
  const area = usePlotArea();
  const named = new Set(namedBars(bars.length, area?.width ?? 0));
  const end = area ? area.x + area.width : Number.POSITIVE_INFINITY;
  return (
    <XAxis
      dataKey="key"
      tick={({ x, y, index }: XAxisTickContentProps) => {
        const name = named.has(index) ? (bars[index]?.label ?? "") : "";
        // Moved in where it would reach over the end.
        const middle = Math.min(Number(x), end - name.length * 3.5);
        return (
          <text x={middle} y={y} dy="0.71em" textAnchor="middle" {...tick}>
            {name}
          </text>
        );
      }}
      tickLine={false}
      axisLine={{ stroke: "var(--color-edge)" }}
      interval={0}
      height={24}
    />
  );
}

function Note({ bar }: { bar: Datum | null | undefined }) {
  return (
    <div role="status">
      {bar && (
        <div className="rounded-md bg-raised px-3 py-2 text-sm shadow-overlay">
          <p className="font-medium">{bar.title}</p>
          <p className="text-muted">{formatCount(bar.accepted)} accepted</p>
          <p className="text-muted">{formatCount(bar.refused)} refused</p>
        </div>
      )}
    </div>
  );
}
