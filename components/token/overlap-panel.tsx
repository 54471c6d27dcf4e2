"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { ReactNode } from "react";
import { Badge, type Tone } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { Time, useClock } from "@/components/ui/time";
import { SourceText } from "@/components/usage/source-text";
import { formatDuration, formatMinute } from "@/lib/browser/format";
import { type OverlapStage, overlapStage, seenSince } from "@/lib/browser/overlap";
import { type Token, tokenPath } from "@/lib/browser/tokens";
import { type RecentUse, recentUseQuery } from "@/lib/browser/usage";

const everyMs = 5_000;
const most = 5;

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
  const { now, zone } = useClock();
  const lastUsed = of.data ? of.data.lastUsedAt : old.lastUsedAt;
  const taken = next.data ? next.data.lastUsedAt : successor.lastUsedAt;
  const stage = overlapStage(lastUsed, taken, now);
  const { name, tone } = stages[stage];
  const done = stage === "quiet" || stage === "unused";
  return (
    <Card
      title="Replacement under way"
      description={`Both tokens are good until ${formatMinute(Date.parse(endsAt), zone)}, ${formatDuration(Math.max(Date.parse(endsAt) - now, 0))} from now.`}
      actions={
        onFinish && (
          <Button variant={done ? "primary" : "secondary"} onClick={onFinish}>
            Finish now
          </Button>
        )
      }
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <Half label="Old" token={old} linked={old.id !== shown}>
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
        </Half>
        <Half label="New" token={successor} linked={successor.id !== shown}>
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
        </Half>
      </div>
    </Card>
  );
}

function Half({
  label,
  token,
  linked,
  children,
}: {
  label: string;
  token: Token;
  linked: boolean;
  children: ReactNode;
}) {
  const hint = <code className="text-sm">{token.hint}</code>;
  return (
    <div className="grid min-w-0 content-start justify-items-start gap-1.5">
      <h3 className="flex h-5 items-center gap-2 text-muted">
        {label}
        {linked ? (
          <Link
            href={tokenPath(token.tenantId, token.id)}
            className="rounded-xs text-accent-ink underline underline-offset-3"
          >
            {hint}
          </Link>
        ) : (
          hint
        )}
      </h3>
      {children}
    </div>
  );
}

function Advice({ stage, lastUsed }: { stage: OverlapStage; lastUsed: string | null }) {
  if (!lastUsed) return <>Nothing breaks when it ends now.</>;
  const last = <Time at={lastUsed} />;
  if (stage === "in-use") return <>Last called {last}. Whoever holds it breaks when it ends now.</>;
  if (stage === "waiting") {
    return <>Last called {last}, but the new one is not used yet: its system may just be idle.</>;
  }
  return (
    <>
      No call since <Time at={lastUsed} as="full" /> ({last}). Finishing now is safe, unless a
      system calls less often than that.
    </>
  );
}

/** Who has called with the old token since the new one was issued. */
function Callers({ use, since }: { use: RecentUse | undefined; since: string }) {
  if (!use) return <Skeleton className="h-9 w-48" />;
  const callers = seenSince(use, since);
  if (callers.length === 0)
    return <p className="text-muted">Nobody has called with it since it was replaced.</p>;
  return (
    <ul aria-label="Who still calls with the old token" className="grid w-full gap-1.5">
      {callers.slice(0, most).map((source) => (
        <li
          key={`${source.address} ${source.userAgent}`}
          className="flex min-w-0 items-center justify-between gap-3"
        >
          <SourceText source={source} />
          <Time at={source.lastSeenAt} className="shrink-0 text-muted text-sm" />
        </li>
      ))}
      {callers.length > most && <li className="text-muted">And {callers.length - most} more.</li>}
    </ul>
  );
}
