import Link from "next/link";
import type { ReactNode } from "react";
import { Skeleton } from "@/components/ui/skeleton";
import { Time } from "@/components/ui/time";
import { SourceText } from "@/components/usage/source-text";
import { type OverlapStage, seenSince } from "@/lib/browser/overlap";
import { type Token, tokenPath } from "@/lib/browser/tokens";
import type { RecentUse } from "@/lib/browser/usage";

const most = 5;

/** One of the two tokens of a replacement, and how it fares. */
export function OverlapHalf({
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

/** What a stage means for who would finish now. */
export function Advice({ stage, lastUsed }: { stage: OverlapStage; lastUsed: string | null }) {
  if (!lastUsed) return <>No system has called with it: finishing now breaks nothing.</>;
  const last = <Time at={lastUsed} />;
  if (stage === "in-use") {
    return <>Last called {last}. Finish now, and every system that still holds it is refused.</>;
  }
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
export function Callers({ use, since }: { use: RecentUse | undefined; since: string }) {
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
          <Time at={source.lastSeenAt} alone className="shrink-0 text-muted text-sm" />
        </li>
      ))}
      {callers.length > most && <li className="text-muted">And {callers.length - most} more.</li>}
    </ul>
  );
}
