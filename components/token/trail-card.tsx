"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { LoadFailure } from "@/components/shell/load-failure";
import { Card } from "@/components/ui/card";
import { LabelText } from "@/components/ui/label-text";
import { Skeleton } from "@/components/ui/skeleton";
import { Time } from "@/components/ui/time";
import { type AuditEvent, auditPageQuery } from "@/lib/browser/audit";
import { doneTo } from "@/lib/browser/events";
import type { TokenDetail } from "@/lib/browser/tokens";

const most = 8;

/** What was done to a token, newest first, down to its issue. Each leads to the event in the log. */
export function TrailCard({ token }: { token: TokenDetail }) {
  const log = `/t/${token.tenantId}/audit?target=${token.id}`;
  const page = useQuery(auditPageQuery(token.tenantId, { target: token.id }));
  return (
    <Card
      title="Audit trail"
      flush
      actions={
        <Link
          href={log}
          className="rounded-xs text-accent-ink text-sm underline underline-offset-3"
        >
          In the audit log
        </Link>
      }
    >
      {page.data ? (
        <Trail log={log} token={token} events={page.data.events} />
      ) : page.error ? (
        <div className="p-4">
          <LoadFailure what="The audit trail" error={page.error} onRetry={() => page.refetch()} />
        </div>
      ) : (
        <div role="status" className="grid gap-3 p-4">
          <span className="sr-only">Loading the audit trail</span>
          <Skeleton className="w-40" />
          <Skeleton className="w-52" />
        </div>
      )}
    </Card>
  );
}

function Trail({ log, token, events }: { log: string; token: TokenDetail; events: AuditEvent[] }) {
  const { issue } = token;
  // A successor was made by an event on the token before it.
  const all = issue && !events.some(({ id }) => id === issue.id) ? [...events, issue] : events;
  const shown = all.slice(0, most);
  return (
    <ol className="divide-y divide-line">
      {shown.map((event) => (
        <li key={event.id} className="flex items-baseline gap-3 px-4 py-2.5">
          <Link
            href={`${log}&event=${event.id}`}
            className="wrap-anywhere min-w-0 flex-1 rounded-xs hover:underline"
          >
            {doneTo(event, token.id)}{" "}
            <span className="text-muted">
              by <LabelText wrap>{event.actor.name}</LabelText>
            </span>
          </Link>
          <Time at={event.occurredAt} alone className="shrink-0 text-muted text-sm" />
        </li>
      ))}
      {all.length > most && (
        <li className="px-4 py-2.5">
          <Link href={log} className="rounded-xs text-muted underline underline-offset-3">
            All its events
          </Link>
        </li>
      )}
    </ol>
  );
}
