"use client";
import { useQuery } from "@tanstack/react-query";
import { Badge, type Tone } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Time, useClock } from "@/components/ui/time";
import { formatTimeLeft } from "@/lib/browser/format";
import { type OverlapStage, overlapStage } from "@/lib/browser/overlap";
import type { Token } from "@/lib/browser/tokens";
import { recentUseQuery } from "@/lib/browser/usage";
import { Advice, Callers, OverlapHalf } from "./overlap-half";

const everyMs = 5_000;

const stages: Record<OverlapStage, { name: string; tone: Tone }> = {
  "in-use": { name: "Old token still in use", tone: "caution" },
  waiting: { name: "Quiet, but not taken over", tone: "caution" },
  quiet: { name: "Old token quiet", tone: "positive" },
  unused: { name: "Old token never used", tone: "positive" },
};

/** A replacement under way: whether the old token is still called, by whom, and how to finish. */
export function OverlapPanel({
  old,
  successor,
  endsAt,
  shown,
  onFinish,
}: {
  old: Token;
  successor: Token;
  endsAt: string;
  /** The half whose page this is. */
  shown: string;
  /** Absent for those who may only look. */
  onFinish?: () => void;
}) {
  const live = { refetchInterval: everyMs };
  const of = useQuery({ ...recentUseQuery(old.tenantId, old.id), ...live });
  const next = useQuery({ ...recentUseQuery(old.tenantId, successor.id), ...live });
  const { now } = useClock();
  const lastUsed = of.data ? of.data.lastUsedAt : old.lastUsedAt;
  const taken = next.data ? next.data.lastUsedAt : successor.lastUsedAt;
  const stage = overlapStage(lastUsed, taken, now);
  const { name, tone } = stages[stage];
  const done = stage === "quiet" || stage === "unused";
  return (
    <Card
      title="Replacement under way"
      description={
        <>
          Both tokens are good until <Time at={endsAt} as="full" />,{" "}
          {formatTimeLeft(Date.parse(endsAt) - now)} from now.
        </>
      }
      actions={
        onFinish && (
          <Button variant={done ? "primary" : "secondary"} onClick={onFinish}>
            Finish now
          </Button>
        )
      }
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <OverlapHalf label="Old" token={old} linked={old.id !== shown}>
          <div role="status" className="flex">
            <Badge dot tone={tone}>
              {name}
            </Badge>
          </div>
          <p className="text-muted">
            <Advice stage={stage} lastUsed={lastUsed} />
          </p>
          {of.isError ? (
            <p className="text-danger-ink">Its use could not be asked for: {of.error.message}</p>
          ) : (
            <Callers use={of.data} since={successor.createdAt} />
          )}
        </OverlapHalf>
        <OverlapHalf label="New" token={successor} linked={successor.id !== shown}>
          <Badge dot tone={taken ? "positive" : "neutral"}>
            {taken ? "New token in use" : "New token not used yet"}
          </Badge>
          <p className="text-muted">
            {taken ? (
              <>
                Last called <Time at={taken} />.
              </>
            ) : (
              "Give it to the system that holds the old one."
            )}
          </p>
        </OverlapHalf>
      </div>
    </Card>
  );
}
