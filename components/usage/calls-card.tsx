"use client";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { LoadFailure } from "@/components/shell/load-failure";
import { BarChart, ChartSkeleton } from "@/components/ui/bar-chart";
import { Card } from "@/components/ui/card";
import { Segmented } from "@/components/ui/segmented";
import { Skeleton } from "@/components/ui/skeleton";
import { useClock } from "@/components/ui/time";
import { formatCount } from "@/lib/browser/format";
import { refusalWords } from "@/lib/browser/refusals";
import { barsOf, type PeriodUsage, type UsageLook, type UsagePeriod } from "@/lib/browser/usage";

const periods = [
  { value: "24h", label: "24 h" },
  { value: "7d", label: "7 d" },
  { value: "30d", label: "30 d" },
] as const;
const spans: Record<UsagePeriod, string> = {
  "24h": "the last 24 hours",
  "7d": "the last 7 days",
  "30d": "the last 30 days",
};

/** Calls accepted and refused over a period that is chosen here and kept in the page's URL. */
export function CallsCard({
  usage,
  look,
  onChange,
  nothing,
}: {
  usage: UseQueryResult<PeriodUsage>;
  look: UsageLook;
  onChange: (look: UsageLook) => void;
  /** Said where nothing was called in any period. */
  nothing?: ReactNode;
}) {
  const { period = "24h" } = look;
  return (
    <Card
      title="Calls"
      actions={
        <Segmented
          label="Period"
          value={period}
          onValueChange={(value) => onChange({ period: value === "24h" ? undefined : value })}
          options={periods}
        />
      }
    >
      {usage.data ? (
        <Calls usage={usage.data} busy={usage.isPlaceholderData} nothing={nothing} />
      ) : usage.error ? (
        <LoadFailure what="The calls" error={usage.error} onRetry={() => usage.refetch()} />
      ) : (
        <div role="status">
          <span className="sr-only">Loading the calls</span>
          <Skeleton className="mb-4 w-52" />
          <ChartSkeleton />
        </div>
      )}
    </Card>
  );
}

function Calls({
  usage,
  busy,
  nothing,
}: {
  usage: PeriodUsage;
  busy: boolean;
  nothing?: ReactNode;
}) {
  const { zone } = useClock();
  const span = spans[usage.period];
  return (
    <div aria-busy={busy || undefined} className={busy ? "opacity-60" : undefined}>
      <BarChart
        label={`Calls in ${span}`}
        unit={usage.by === "hour" ? `Hour (${zone})` : "Day (UTC)"}
        bars={barsOf(usage, zone)}
        note={reasonsOf(usage)}
        empty={nothing ?? `No calls in ${span}.`}
      />
    </div>
  );
}

/** Why calls were refused, the most frequent reason first: "Scope missing: 3, Revoked: 1". */
function reasonsOf({ outcomes }: PeriodUsage): string {
  const refused = outcomes.flatMap(({ outcome, count }) =>
    outcome === "accepted" ? [] : [`${refusalWords[outcome].name}: ${formatCount(count)}`],
  );
  return refused.join(", ");
}
