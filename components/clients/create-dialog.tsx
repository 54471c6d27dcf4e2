"use client";
import { IssueForm } from "@/components/tokens/issue-dialog";
import { Dialog } from "@/components/ui/dialog";
import { type ClientWithSecret, createClient } from "@/lib/browser/clients";
import { type Scope, scopesOfTenant } from "@/lib/browser/scopes";
import { ClientSecretReveal } from "./client-secret-reveal";
import { useChange } from "./use-client-mutations";

/** Creates a client: label and scopes first, then its ClientId and its secret, once. */
export default function CreateDialog({
  tenant,
  tokenUrl,
  onClose,
}: {
  tenant: { id: string; isMaster: boolean };
  tokenUrl: string;
  onClose: () => void;
}) {
  const create = useChange<{ name: string; scopes: Scope[] }, ClientWithSecret>(
    tenant.id,
    (input) => createClient(tenant.id, input),
  );
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && !create.isPending && onClose()}
      locked={create.isSuccess}
      title={create.isSuccess ? "Client created" : "Create a client"}
      description={
        create.isSuccess ? undefined : "One for each system that gets JWTs by client credentials."
      }
    >
      {create.isSuccess ? (
        <ClientSecretReveal client={create.data} tokenUrl={tokenUrl} onDone={onClose} />
      ) : (
        <IssueForm
          noun="client"
          action="Create client"
          scopes={scopesOfTenant(tenant.isMaster)}
          pending={create.isPending}
          error={create.error}
          onCancel={onClose}
          onSubmit={create.mutate}
        />
      )}
    </Dialog>
  );
}
