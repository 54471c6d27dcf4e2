"use client";
import { type FormEvent, useState } from "react";
import { FailureNotice } from "@/components/tokens/failure";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { type Client, updateClient } from "@/lib/browser/clients";
import { labelProblem } from "@/lib/browser/label";
import { useChange } from "./use-client-mutations";

/** Gives a client another label. */
export default function RenameDialog({ client, onClose }: { client: Client; onClose: () => void }) {
  const [name, setName] = useState(client.name);
  const [tried, setTried] = useState(false);
  const rename = useChange(
    client.tenantId,
    (wanted: string) => updateClient(client.tenantId, client.clientId, { name: wanted }),
    { said: "Client renamed", after: onClose },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (labelProblem(name) || rename.isPending) return;
    if (name.trim() === client.name) return onClose();
    rename.mutate(name.trim());
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && !rename.isPending && onClose()}
      title="Rename client"
      description={
        <>
          <code>{client.clientId}</code> and its secrets stay as they are.
        </>
      }
      size="sm"
    >
      <form onSubmit={submit} noValidate className="flex min-h-0 flex-col">
        <DialogBody>
          <Field label="Label" error={tried ? labelProblem(name) : undefined}>
            {(control) => (
              <Input
                {...control}
                value={name}
                onChange={(event) => setName(event.target.value)}
                autoComplete="off"
              />
            )}
          </Field>
          <FailureNotice error={rename.error} />
        </DialogBody>
        <DialogFooter>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" pending={rename.isPending}>
            Save
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  );
}
