"use client";
import { Ban, Copy, Pencil, Power, RefreshCw } from "lucide-react";
import type { ReactNode } from "react";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import { toast } from "@/components/ui/toast";
import type { Token } from "@/lib/browser/tokens";
import type { TokenAct } from "./token-actions";

/** What can be done to a token; begins open. */
export default function TokenMenu({
  token,
  trigger,
  onAct,
}: {
  token: Token;
  trigger: ReactNode;
  onAct: (act: TokenAct, token: Token) => void;
}) {
  const revoked = token.status === "Revoked";
  return (
    <Menu trigger={trigger} defaultOpen>
      <MenuItem icon={<Pencil aria-hidden />} onSelect={() => onAct("rename", token)}>
        Rename
      </MenuItem>
      <MenuItem icon={<Copy aria-hidden />} onSelect={() => copyId(token)}>
        Copy id
      </MenuItem>
      {!revoked && (
        <>
          <MenuItem icon={<Power aria-hidden />} onSelect={() => onAct("switch", token)}>
            {token.active ? "Deactivate" : "Activate"}
          </MenuItem>
          {!token.replacedBy && (
            <MenuItem icon={<RefreshCw aria-hidden />} onSelect={() => onAct("replace", token)}>
              Replace
            </MenuItem>
          )}
          <MenuSeparator />
          <MenuItem danger icon={<Ban aria-hidden />} onSelect={() => onAct("revoke", token)}>
            {token.replacedBy ? "Finish overlap now" : "Revoke"}
          </MenuItem>
        </>
      )}
    </Menu>
  );
}

async function copyId(token: Token) {
  try {
    await navigator.clipboard.writeText(token.id);
    toast.success("Id copied");
  } catch {
    toast.error("The browser did not let the id be copied", { description: token.id });
  }
}
