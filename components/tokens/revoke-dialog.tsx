"use client";
import { useMutation } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { LabelText } from "@/components/ui/label-text";
import { toast } from "@/components/ui/toast";
import { revokeToken, type Token } from "@/lib/browser/tokens";
import { failureText } from "./failure";
import { useRefreshTenant } from "./use-token-mutations";
import { WhoUsesIt } from "./who-uses-it";

/** Revokes a token for good, once its label has been typed; of a replaced one, that ends the overlap. */
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
  const words = token.replacedBy
    ? { title: "Finish the overlap now", action: "Finish now", done: "Overlap finished" }
    : { title: "Revoke token", action: "Revoke token", done: "Token revoked" };
  const revoke = useMutation({
    mutationFn: () => revokeToken(token.tenantId, token.id),
    onSuccess: () => {
      toast.success(words.done);
      onClose();
    },
    onSettled: refresh,
  });
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && !revoke.isPending && onClose()}
      title={words.title}
      description={
        <>
          <LabelText wrap className="font-medium text-ink">
            {token.name}
          </LabelText>{" "}
          (<code>{token.hint}</code>) is refused from the next call on, for good.
        </>
      }
      typeToConfirm={token.name}
      action={words.action}
      pending={revoke.isPending}
      error={revoke.error && failureText(revoke.error)}
      onConfirm={revoke.mutate}
    >
      <WhoUsesIt token={token} />
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
