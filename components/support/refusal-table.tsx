"use client";
import Link from "next/link";
import { LabelText } from "@/components/ui/label-text";
import { Table, TableBody, TableHead, TableRow, Td, Th } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { refusalWords } from "@/lib/browser/refusals";
import type { Refusal } from "@/lib/browser/support";
import { ReasonBadge } from "./words";

/** Refused calls with the reason that the caller wasn't told. */
export function RefusalTable({ refusals, busy }: { refusals: Refusal[]; busy?: boolean }) {
  return (
    <Table label="Refused calls" busy={busy} className="table-fixed">
      <TableHead>
        <tr>
          <Th>Why</Th>
          <Th className="hidden w-56 md:table-cell">Credential</Th>
          <Th className="hidden w-48 lg:table-cell">From</Th>
          <Th className="hidden w-32 sm:table-cell">When</Th>
        </tr>
      </TableHead>
      <TableBody>
        {refusals.map((refusal) => (
          <RefusalRow key={refusal.id} refusal={refusal} />
        ))}
      </TableBody>
    </Table>
  );
}

function RefusalRow({ refusal }: { refusal: Refusal }) {
  return (
    <TableRow>
      <Td as="th" className="py-2">
        <div className="grid gap-1">
          <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
            <ReasonBadge reason={refusal.reason} />
            <Time at={refusal.occurredAt} alone className="text-muted text-sm sm:hidden" />
            <span className="hidden text-muted text-sm sm:inline">
              {refusalWords[refusal.reason].meaning}
            </span>
          </span>
          <span className="text-sm md:hidden">
            <Whose refusal={refusal} />
          </span>
          <span className="wrap-anywhere text-faint text-xs">
            <span className="sr-only sm:not-sr-only">Request</span>{" "}
            <code className="select-all">{refusal.requestId}</code>
          </span>
        </div>
      </Td>
      <Td className="hidden md:table-cell">
        <Whose refusal={refusal} />
      </Td>
      <Td className="hidden lg:table-cell">
        <span className="grid leading-5">
          <LabelText>{refusal.address ?? "–"}</LabelText>
          {refusal.userAgent && (
            <LabelText className="text-muted text-sm">{refusal.userAgent}</LabelText>
          )}
        </span>
      </Td>
      <Td className="hidden sm:table-cell">
        <Time at={refusal.occurredAt} alone className="text-muted" />
      </Td>
    </TableRow>
  );
}

/** The credential and its Tenant, each leading there; nothing for a credential that is nobody's. */
function Whose({ refusal }: { refusal: Refusal }) {
  const { tenantId, tenantName, credentialId, credentialName, kind } = refusal;
  if (!tenantId) return <span className="text-faint">Nobody's</span>;
  const name = (
    <LabelText className={kind === "token" ? "hover:underline" : undefined}>
      {credentialName ?? credentialId ?? "–"}
    </LabelText>
  );
  return (
    <span className="grid leading-5">
      {kind === "token" ? (
        <Link href={`/t/${tenantId}/tokens/${credentialId}`} className="min-w-0 rounded-xs">
          {name}
        </Link>
      ) : (
        name
      )}
      <Link href={`/t/${tenantId}`} className="min-w-0 rounded-xs text-muted text-sm">
        <LabelText className="hover:underline">{tenantName ?? tenantId}</LabelText>
      </Link>
    </span>
  );
}
