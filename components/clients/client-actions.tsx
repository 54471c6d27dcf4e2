"use client";
import { Ban, Ellipsis, KeyRound, Pencil, Power } from "lucide-react";
import { IconButton } from "@/components/ui/button";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import type { Client } from "@/lib/browser/clients";
import { visibleText } from "@/lib/browser/format";

export type ClientAct = "rename" | "secrets" | "switch" | "revoke";

/** What can be done to a client. */
export function ClientActions({
  client,
  onAct,
}: {
  client: Client;
  onAct: (act: ClientAct, client: Client) => void;
}) {
  const live = client.status !== "Revoked";
  return (
    <Menu
      trigger={
        <IconButton label={`Actions for ${visibleText(client.name)}`} size="sm" tooltip={false}>
          <Ellipsis aria-hidden />
        </IconButton>
      }
    >
      <MenuItem icon={<Pencil aria-hidden />} onSelect={() => onAct("rename", client)}>
        Rename
      </MenuItem>
      {live && (
        <>
          <MenuItem icon={<KeyRound aria-hidden />} onSelect={() => onAct("secrets", client)}>
            Secrets
          </MenuItem>
          <MenuItem icon={<Power aria-hidden />} onSelect={() => onAct("switch", client)}>
            {client.active ? "Deactivate" : "Activate"}
          </MenuItem>
          <MenuSeparator />
          <MenuItem danger icon={<Ban aria-hidden />} onSelect={() => onAct("revoke", client)}>
            Revoke
          </MenuItem>
        </>
      )}
    </Menu>
  );
}
