"use client";
import { LabelText } from "@/components/ui/label-text";
import { Table, TableBody, TableHead, TableRow, Td, Th } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { AuditEvent } from "@/lib/browser/audit";
import { actorTypeName, EventSentence } from "./event-sentence";

/** A page of events; each opens its detail. */
export function AuditTable({
  events,
  busy,
  onOpen,
}: {
  events: AuditEvent[];
  busy: boolean;
  onOpen: (eventId: string) => void;
}) {
  return (
    <Table label="Audit events" busy={busy} className="table-fixed">
      <TableHead>
        <tr>
          <Th>Change</Th>
          <Th className="hidden w-64 md:table-cell">By</Th>
          <Th className="hidden w-40 lg:table-cell">From</Th>
          <Th className="hidden w-32 sm:table-cell">When</Th>
        </tr>
      </TableHead>
      <TableBody>
        {events.map((event) => (
          <EventRow key={event.id} event={event} onOpen={onOpen} />
        ))}
      </TableBody>
    </Table>
  );
}

function EventRow({ event, onOpen }: { event: AuditEvent; onOpen: (eventId: string) => void }) {
  return (
    <TableRow className="relative">
      <Td as="th">
        <button
          type="button"
          onClick={() => onOpen(event.id)}
          aria-haspopup="dialog"
          className="wrap-anywhere line-clamp-2 w-full min-w-0 rounded-xs text-left after:absolute after:inset-0"
        >
          <EventSentence event={event} />
        </button>
        <span className="flex min-w-0 gap-1 text-muted text-sm md:hidden">
          <LabelText>{event.actor.name}</LabelText>
          <span className="shrink-0 sm:hidden">
            · <Time at={event.occurredAt} />
          </span>
        </span>
      </Td>
      <Td className="hidden md:table-cell">
        <span className="grid leading-4">
          <LabelText>{event.actor.name}</LabelText>
          <span className="text-faint text-xs">{actorTypeName(event.actor.type)}</span>
        </span>
      </Td>
      <Td className="hidden lg:table-cell">
        <LabelText className="text-muted">{event.origin.address ?? "–"}</LabelText>
      </Td>
      <Td className="relative hidden sm:table-cell">
        <Time at={event.occurredAt} alone className="text-muted" />
      </Td>
    </TableRow>
  );
}
