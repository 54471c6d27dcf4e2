"use client";
import { type FormEvent, type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { labelProblem } from "@/lib/browser/label";
import { FailureNotice } from "./failure";

/** Asks for another label of a credential. */
export function LabelDialog({
  title,
  description,
  label,
  pending,
  error,
  onClose,
  onSubmit,
}: {
  title: string;
  description: ReactNode;
  /** The label as it is. */
  label: string;
  pending: boolean;
  error: Error | null;
  onClose: () => void;
  /** Takes the new one; the same one again only closes. */
  onSubmit: (label: string) => void;
}) {
  const [name, setName] = useState(label);
  const [tried, setTried] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (labelProblem(name) || pending) return;
    if (name.trim() === label) return onClose();
    onSubmit(name.trim());
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && !pending && onClose()}
      title={title}
      description={description}
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
          <FailureNotice error={error} />
        </DialogBody>
        <DialogFooter>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" pending={pending}>
            Save
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  );
}
