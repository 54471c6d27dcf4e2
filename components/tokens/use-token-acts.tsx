"use client";
import dynamic from "next/dynamic";
import { useCallback, useState } from "react";
import { toast } from "@/components/ui/toast";
import type { Token } from "@/lib/browser/tokens";
import { failureText } from "./failure";
import type { TokenAct } from "./token-actions";
import { useUpdateToken } from "./use-token-mutations";

const RenameDialog = dynamic(() => import("./rename-dialog"));
const ReplaceDialog = dynamic(() => import("./replace-dialog"));
const RevokeDialog = dynamic(() => import("./revoke-dialog"));

type Open = { act: Exclude<TokenAct, "switch">; token: Token } | null;

/** What can be done to a token, and the dialog of what is being done. */
export function useTokenActs(tenantId: string, verifyUrl: string) {
  const [open, setOpen] = useState<Open>(null);
  const close = useCallback(() => setOpen(null), []);
  const switchToken = useSwitch(tenantId);
  const act = useCallback(
    (wanted: TokenAct, token: Token) =>
      wanted === "switch" ? switchToken(token) : setOpen({ act: wanted, token }),
    [switchToken],
  );
  const dialog = open && (
    <>
      {open.act === "rename" && <RenameDialog token={open.token} onClose={close} />}
      {open.act === "replace" && (
        <ReplaceDialog token={open.token} verifyUrl={verifyUrl} onClose={close} />
      )}
      {open.act === "revoke" && (
        <RevokeDialog
          token={open.token}
          onClose={close}
          onReplace={
            open.token.replacedBy ? undefined : () => setOpen({ act: "replace", token: open.token })
          }
        />
      )}
    </>
  );
  return { act, dialog };
}

/** Deactivates or activates a token at once, with a way back. */
function useSwitch(tenantId: string): (token: Token) => void {
  const { mutate } = useUpdateToken(tenantId);
  return useCallback(
    function turn(token: Token) {
      const active = !token.active;
      mutate(
        { tokenId: token.id, active },
        {
          onSuccess: (changed) =>
            toast.success(active ? "Token activated" : "Token deactivated", {
              description: active ? undefined : "Its calls are refused until it is activated.",
              action: { label: "Undo", onClick: () => turn(changed) },
            }),
          onError: (error) =>
            toast.error(active ? "The token was not activated" : "The token was not deactivated", {
              description: failureText(error),
            }),
        },
      );
    },
    [mutate],
  );
}
