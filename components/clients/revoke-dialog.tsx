"use client";
import { failureText } from "@/components/tokens/failure";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { LabelText } from "@/components/ui/label-text";
import { Notice } from "@/components/ui/notice";
import { Time } from "@/components/ui/time";
import { type Client, revokeClient } from "@/lib/browser/clients";
import { useChange } from "./use-client-mutations";

/** Revokes a client for good, once its label has been typed. */
export default function RevokeDialog({ client, onClose }: { client: Client; onClose: () => void }) {
  const revoke = useChange(client.tenantId, () => revokeClient(client.tenantId, client.clientId), {
    said: "Client revoked",
    after: onClose,
  });
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && !revoke.isPending && onClose()}
      title="Revoke client"
      description={
        <>
          <LabelText wrap className="font-medium text-ink">
            {client.name}
          </LabelText>{" "}
          gets no JWT any more, and those that it has are refused from the next call on, for good.
        </>
      }
      typeToConfirm={client.name}
      action="Revoke client"
      pending={revoke.isPending}
      error={revoke.error && failureText(revoke.error)}
      onConfirm={() => revoke.mutate(undefined)}
    >
      {client.lastUsedAt ? (
        <Notice
          tone="caution"
          title={
            <>
              Last used <Time at={client.lastUsedAt} />
            </>
          }
        >
          Every system that holds its secret loses access at once.
        </Notice>
      ) : (
        <Notice title="Never used">No system has got a JWT with it yet.</Notice>
      )}
    </ConfirmDialog>
  );
}
