import { Card } from "@/components/ui/card";
import { LabelText } from "@/components/ui/label-text";
import { Time } from "@/components/ui/time";
import { isOwnDoing, verbOf } from "@/lib/browser/events";
import type { AuditEvent } from "@/lib/browser/tenants";

/** What changed last, newest first. */
export function RecentChanges({ events }: { events: AuditEvent[] }) {
  return (
    <Card title="Recent changes" flush>
      {events.length === 0 ? (
        <p className="px-4 py-4 text-muted">Nothing has changed yet.</p>
      ) : (
        <ol className="divide-y divide-line">
          {events.map((event) => (
            <li key={event.id} className="flex items-baseline gap-4 px-4 py-2.5">
              <p className="wrap-anywhere min-w-0 flex-1">
                <Sentence event={event} />
              </p>
              <Time at={event.occurredAt} className="shrink-0 text-muted text-sm" />
            </li>
          ))}
        </ol>
      )}
    </Card>
  );
}

function Sentence({ event }: { event: AuditEvent }) {
  const { actor, action, target } = event;
  return (
    <>
      <LabelText wrap className="text-muted">
        {actor.name}
      </LabelText>{" "}
      {verbOf(action)}{" "}
      {!isOwnDoing(action) && (
        <LabelText wrap className="font-medium">
          {target.name ?? target.id}
        </LabelText>
      )}
    </>
  );
}
