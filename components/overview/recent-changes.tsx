import Link from "next/link";
import { Card } from "@/components/ui/card";
import { LabelText } from "@/components/ui/label-text";
import { Time } from "@/components/ui/time";
import { isOwnDoing, verbOf } from "@/lib/browser/events";
import type { AuditEvent } from "@/lib/browser/tenants";
import { tokenPath } from "@/lib/browser/tokens";

/** What changed last, newest first. */
export function RecentChanges({ tenantId, events }: { tenantId: string; events: AuditEvent[] }) {
  return (
    <Card
      title="Recent changes"
      flush
      actions={
        <Link
          href={`/t/${tenantId}/audit`}
          className="rounded-xs text-accent-ink text-sm underline underline-offset-3"
        >
          All changes
        </Link>
      }
    >
      {events.length === 0 ? (
        <p className="px-4 py-4 text-muted">Nothing has changed yet.</p>
      ) : (
        <ol className="divide-y divide-line">
          {events.map((event) => (
            <li key={event.id} className="gap-4 px-4 py-2.5 sm:flex sm:items-baseline">
              <p className="wrap-anywhere min-w-0 flex-1">
                <Sentence tenantId={tenantId} event={event} />
              </p>
              <Time at={event.occurredAt} alone className="shrink-0 text-muted text-sm" />
            </li>
          ))}
        </ol>
      )}
    </Card>
  );
}

function Sentence({ tenantId, event }: { tenantId: string; event: AuditEvent }) {
  const { actor, action, target } = event;
  const name = (
    <LabelText wrap className="font-medium">
      {target.name ?? target.id}
    </LabelText>
  );
  return (
    <>
      <LabelText wrap className="text-muted">
        {actor.name}
      </LabelText>{" "}
      {verbOf(action)}{" "}
      {target.type === "token" ? (
        <Link href={tokenPath(tenantId, target.id)} className="rounded-xs hover:underline">
          {name}
        </Link>
      ) : (
        !isOwnDoing(action) && name
      )}
    </>
  );
}
