"use client";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import { labelProblem } from "@/lib/browser/label";
import type { Token } from "@/lib/browser/tokens";
import { FailureNotice } from "./failure";
import { useUpdateToken } from "./use-token-mutations";

/** Gives a token another label: seen in the list at once, taken back there if it is refused. */
export default function RenameDialog({ token, onClose }: { token: Token; onClose: () => void }) {
  const [name, setName] = useState(token.name);
  const [tried, setTried] = useState(false);
  const update = useUpdateToken(token.tenantId);
  const problem = tried ? labelProblem(name) : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (labelProblem(name) || update.isPending) return;
    if (name.trim() === token.name) return onClose();
    const done = () => {
      toast.success("Token renamed");
      onClose();
    };
    update.mutate({ tokenId: token.id, name: name.trim() }, { onSuccess: done });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && !update.isPending && onClose()}
      title="Rename token"
      description={
        <>
          The token <code>{token.hint}</code> itself stays as it is.
        </>
      }
      size="sm"
    >
      <form onSubmit={submit} noValidate className="flex min-h-0 flex-col">
        <DialogBody>
          <Field label="Label" error={problem}>
            {(control) => (
              <Input
                {...control}
                value={name}
                onChange={(event) => setName(event.target.value)}
                autoComplete="off"
              />
            )}
          </Field>
          <FailureNotice error={update.error} />
        </DialogBody>
        <DialogFooter>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" pending={update.isPending}>
            Save
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  );
}
