"use client";
import { useMutation } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { LabelText } from "@/components/ui/label-text";
import { Notice } from "@/components/ui/notice";
import { Time } from "@/components/ui/time";
import { toast } from "@/components/ui/toast";
import { revokeToken, type Token } from "@/lib/browser/tokens";
import { failureText } from "./failure";
import { useRefreshTenant } from "./use-token-mutations";

/** Revokes a token for good, once its label has been typed. */
export default function RevokeDialog({
  token,
  onClose,
  onReplace,
}: {
  token: Token;
  onClose: () => void;
  /** The gentler way; absent where it has been taken. */
  onReplace?: () => void;
}) {
  const refresh = useRefreshTenant(token.tenantId);
  const revoke = useMutation({
    mutationFn: () => revokeToken(token.tenantId, token.id),
    onSuccess: () => {
      toast.success("Token revoked");
      onClose();
    },
    onSettled: refresh,
  });
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && !revoke.isPending && onClose()}
      title="Revoke token"
      description={
        <>
          <LabelText wrap className="font-medium text-ink">
            {token.name}
          </LabelText>{" "}
          (<code>{token.hint}</code>) is refused from the next call on, for good.
        </>
      }
      typeToConfirm={token.name}
      action="Revoke token"
      pending={revoke.isPending}
      error={revoke.error && failureText(revoke.error)}
      onConfirm={revoke.mutate}
    >
      <WhatBreaks token={token} />
      {onReplace && (
        <p className="text-muted">
          To swap it without an outage,{" "}
          <Button variant="link" size="inline" onClick={onReplace}>
            replace it instead
          </Button>
          .
        </p>
      )}
    </ConfirmDialog>
  );
}

/** Names what stops working when a token does. */
export function WhatBreaks({ token }: { token: Token }) {
  if (!token.lastUsedAt) {
    return <Notice title="Never used">No system has called with it yet.</Notice>;
  }
  return (
    <Notice
      tone="caution"
      title={
        <>
          Last used <Time at={token.lastUsedAt} />
        </>
      }
    >
      Every system that still holds it loses access
      {token.scopes.length > 0 && <> to {token.scopes.join(", ")}</>}: its calls are answered with
      401.
    </Notice>
  );
}
