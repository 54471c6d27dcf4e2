"use client";
import { useState } from "react";
import { FailureNotice, failureText } from "@/components/tokens/failure";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Dialog, DialogBody, DialogFooter } from "@/components/ui/dialog";
import { LabelText } from "@/components/ui/label-text";
import { Notice } from "@/components/ui/notice";
import { Time } from "@/components/ui/time";
import { addSecret, type Client, retireSecret } from "@/lib/browser/clients";
import { ClientSecretReveal } from "./client-secret-reveal";
import { useChange } from "./use-client-mutations";

type Secret = Client["secrets"][number];

/** A client's live secrets: add the successor, switch the system over, retire the old one. */
export default function SecretsDialog({
  client,
  tokenUrl,
  onClose,
}: {
  client: Client;
  tokenUrl: string;
  onClose: () => void;
}) {
  const [retiring, setRetiring] = useState<Secret | null>(null);
  const add = useChange(client.tenantId, () => addSecret(client.tenantId, client.clientId));
  const isFull = client.secrets.length > 1;
  if (retiring) {
    return <RetireDialog client={client} secret={retiring} onClose={() => setRetiring(null)} />;
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && !add.isPending && onClose()}
      locked={add.isSuccess}
      title={add.isSuccess ? "Secret added" : "Secrets"}
      description={
        add.isSuccess ? undefined : (
          <>
            Of{" "}
            <LabelText wrap className="font-medium text-ink">
              {client.name}
            </LabelText>
            . Two may be live at once, so that one replaces the other without an outage.
          </>
        )
      }
    >
      {add.isSuccess ? (
        <ClientSecretReveal client={add.data} tokenUrl={tokenUrl} onDone={onClose} />
      ) : (
        <>
          <DialogBody>
            <ul className="divide-y divide-line rounded-lg border border-line">
              {client.secrets.map((secret) => (
                <li key={secret.id} className="flex items-center justify-between gap-4 px-4 py-2.5">
                  <span className="grid min-w-0">
                    <code>{secret.hint}</code>
                    <span className="text-muted text-sm">
                      Added <Time at={secret.createdAt} />
                    </span>
                  </span>
                  <Button
                    size="sm"
                    disabled={!isFull}
                    aria-label={`Retire ${secret.hint}`}
                    onClick={() => setRetiring(secret)}
                  >
                    Retire
                  </Button>
                </li>
              ))}
            </ul>
            {isFull ? (
              <Notice>Retire the old one once the system uses the new one.</Notice>
            ) : (
              <p className="text-muted">The only secret can't be retired: add another first.</p>
            )}
            <FailureNotice error={add.error} />
          </DialogBody>
          <DialogFooter>
            <Button onClick={onClose}>Close</Button>
            <Button
              variant="primary"
              pending={add.isPending}
              disabled={isFull}
              onClick={() => add.mutate(undefined)}
            >
              Add secret
            </Button>
          </DialogFooter>
        </>
      )}
    </Dialog>
  );
}

function RetireDialog({
  client,
  secret,
  onClose,
}: {
  client: Client;
  secret: Secret;
  onClose: () => void;
}) {
  const retire = useChange(
    client.tenantId,
    () => retireSecret(client.tenantId, client.clientId, secret.id),
    { said: "Secret retired", after: onClose },
  );
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && !retire.isPending && onClose()}
      title="Retire secret"
      description={
        <>
          <code>{secret.hint}</code> gets no JWT from the next call on, for good. JWTs that it has
          got stay good until they expire.
        </>
      }
      action="Retire secret"
      pending={retire.isPending}
      error={retire.error && failureText(retire.error)}
      onConfirm={() => retire.mutate(undefined)}
    />
  );
}
