"use client";
import { StatusBadge } from "@/components/tokens/token-status";
import { LabelText } from "@/components/ui/label-text";
import { Table, TableBody, TableHead, TableRow, Td, Th } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { Client } from "@/lib/browser/clients";
import { type ClientAct, ClientActions } from "./client-actions";

/** A Tenant's clients. Without `onAct` nothing can be changed. */
export function ClientTable({
  clients,
  onAct,
}: {
  clients: Client[];
  onAct?: (act: ClientAct, client: Client) => void;
}) {
  return (
    <Table label="Clients" className="table-fixed">
      <TableHead>
        <tr>
          <Th>Label</Th>
          <Th className="w-24 sm:w-28">Status</Th>
          <Th className="hidden w-72 md:table-cell">ClientId</Th>
          <Th className="hidden w-40 lg:table-cell">Scopes</Th>
          <Th className="hidden w-24 sm:table-cell">Secrets</Th>
          <Th className="hidden w-32 sm:table-cell">Last used</Th>
          {onAct && (
            <Th className="w-13">
              <span className="sr-only">Actions</span>
            </Th>
          )}
        </tr>
      </TableHead>
      <TableBody>
        {clients.map((client) => (
          <TableRow key={client.clientId}>
            <Td as="th" className="text-left">
              <LabelText
                className={client.status === "Revoked" ? "font-medium text-muted" : "font-medium"}
              >
                {client.name}
              </LabelText>
              <code className="wrap-anywhere block select-all text-muted text-sm md:hidden">
                {client.clientId}
              </code>
            </Td>
            <Td>
              <StatusBadge status={client.status} />
            </Td>
            <Td className="hidden md:table-cell">
              <code className="select-all text-muted text-sm">{client.clientId}</code>
            </Td>
            <Td className="hidden lg:table-cell">
              <LabelText className="text-muted">{client.scopes.join(", ")}</LabelText>
            </Td>
            <Td className="hidden text-muted sm:table-cell">
              {client.status === "Revoked" ? "–" : client.secrets.length}
            </Td>
            <Td className="hidden sm:table-cell">
              {client.lastUsedAt ? (
                <Time at={client.lastUsedAt} alone className="text-muted" />
              ) : (
                <span className="text-faint">Never</span>
              )}
            </Td>
            {onAct && (
              <Td className="pl-0 text-right">
                <ClientActions client={client} onAct={onAct} />
              </Td>
            )}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
