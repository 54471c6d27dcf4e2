"use client";
import { LabelDialog } from "@/components/tokens/label-dialog";
import { type Client, updateClient } from "@/lib/browser/clients";
import { useChange } from "./use-client-mutations";

/** Gives a client another label. */
export default function RenameDialog({ client, onClose }: { client: Client; onClose: () => void }) {
  const rename = useChange(
    client.tenantId,
    (name: string) => updateClient(client.tenantId, client.clientId, { name }),
    { said: "Client renamed", after: onClose },
  );
  return (
    <LabelDialog
      title="Rename client"
      description={
        <>
          <code>{client.clientId}</code> and its secrets stay as they are.
        </>
      }
      label={client.name}
      pending={rename.isPending}
      error={rename.error}
      onClose={onClose}
      onSubmit={rename.mutate}
    />
  );
}
