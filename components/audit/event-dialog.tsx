"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { LoadFailure } from "@/components/shell/load-failure";
import { Button } from "@/components/ui/button";
import { KeyValues } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog, DialogBody, DialogFooter } from "@/components/ui/dialog";
import { LabelText } from "@/components/ui/label-text";
import { Skeleton } from "@/components/ui/skeleton";
import { Time } from "@/components/ui/time";
import { type AuditEvent, type AuditLook, auditEventQuery } from "@/lib/browser/audit";
import { tokenPath } from "@/lib/browser/tokens";
import { EventChanges } from "./event-changes";
import { actorTypeName, EventSentence } from "./event-sentence";

type Filter = Pick<AuditLook, "actor" | "target">;

/** Everything about one event: who, from where, what was before and after, its place in the chain. */
export default function EventDialog({
  tenantId,
  eventId,
  known,
  onClose,
  onFilter,
}: {
  tenantId: string;
  eventId: string;
  /** The event itself, where the page holds it. */
  known: AuditEvent | undefined;
  onClose: () => void;
  onFilter: (filter: Filter) => void;
}) {
  const asked = useQuery({ ...auditEventQuery(tenantId, eventId), enabled: !known });
  const event = known ?? asked.data;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      size="lg"
      title={event ? <EventSentence event={event} className="font-semibold" /> : "Audit event"}
    >
      {event ? (
        <Detail event={event} onClose={onClose} onFilter={onFilter} />
      ) : (
        <DialogBody>
          {asked.isError ? (
            <LoadFailure what="The event" error={asked.error} onRetry={() => asked.refetch()} />
          ) : (
            <div role="status" className="grid gap-3 pb-2">
              <span className="sr-only">Loading the event</span>
              <Skeleton className="w-64" />
              <Skeleton className="w-80" />
              <Skeleton className="w-52" />
            </div>
          )}
        </DialogBody>
      )}
    </Dialog>
  );
}

function Detail({
  event,
  onClose,
  onFilter,
}: {
  event: AuditEvent;
  onClose: () => void;
  onFilter: (filter: Filter) => void;
}) {
  const { actor, target, origin } = event;
  const actorId = actor.id;
  return (
    <>
      <DialogBody className="gap-5">
        <KeyValues
          items={[
            { label: "When", value: <Time at={event.occurredAt} as="full" /> },
            { label: "By", value: <Named {...actor} kind={actorTypeName(actor.type)} /> },
            {
              label: "On",
              value:
                target.type === "token" ? (
                  <Link
                    href={tokenPath(event.tenantId, target.id)}
                    className="rounded-xs underline underline-offset-3"
                  >
                    <Named {...target} kind={target.type} />
                  </Link>
                ) : (
                  <Named {...target} kind={target.type} />
                ),
            },
            { label: "From", value: <LabelText wrap>{origin.address ?? "–"}</LabelText> },
            { label: "User agent", value: <LabelText wrap>{origin.userAgent ?? "–"}</LabelText> },
            { label: "Request", value: <Mono text={origin.requestId} /> },
          ]}
        />
        <EventChanges before={event.before} after={event.after} />
        <details className="text-sm">
          <summary className="w-fit cursor-pointer rounded-xs text-muted">
            Event {event.sequence} of the chain
          </summary>
          <div className="pt-3">
            <KeyValues
              items={[
                { label: "Action", value: <Mono text={event.action} /> },
                { label: "Id", value: <Mono text={event.id} /> },
                { label: "Hash", value: <Mono text={event.hash} /> },
                { label: "Hash before", value: <Mono text={event.previousHash} /> },
              ]}
            />
          </div>
        </details>
      </DialogBody>
      <DialogFooter>
        <span className="flex flex-wrap gap-2 sm:mr-auto">
          {actorId && (
            <Button onClick={() => onFilter({ actor: actorId })}>All by this actor</Button>
          )}
          <Button onClick={() => onFilter({ target: target.id })}>All on this {target.type}</Button>
          <CopyButton value={JSON.stringify(event, null, 2)} label="Copy the event as JSON" />
        </span>
        <Button variant="primary" onClick={onClose}>
          Close
        </Button>
      </DialogFooter>
    </>
  );
}

function Named({ name, id, kind }: { name: string | null; id: string | null; kind: string }) {
  return (
    <>
      {name && <LabelText wrap>{name}</LabelText>}{" "}
      <span className="text-muted text-sm">
        {kind}
        {id && (
          <>
            {" "}
            <Mono text={id} />
          </>
        )}
      </span>
    </>
  );
}

function Mono({ text }: { text: string | null }) {
  if (!text) return <>–</>;
  return (
    <code className="text-sm">
      <LabelText wrap>{text}</LabelText>
    </code>
  );
}
