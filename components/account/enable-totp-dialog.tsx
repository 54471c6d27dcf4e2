"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { CodeField, PasswordField } from "@/components/people/password-fields";
import { FailureNotice } from "@/components/tokens/failure";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog, DialogBody, DialogFooter } from "@/components/ui/dialog";
import { toast } from "@/components/ui/toast";
import { accountKey, beginTotp, confirmTotp, type TotpSeed } from "@/lib/browser/account";
import { PortalError } from "@/lib/browser/http";
import { QrCode } from "./qr-code";
import { RecoveryCodesReveal } from "./recovery-codes";

/** Turns two-step sign-in on: password, seed and a first code, then the recovery codes. */
export default function EnableTotpDialog({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const begin = useMutation({ mutationFn: beginTotp });
  const confirm = useMutation({ mutationFn: confirmTotp });
  const done = () => {
    toast.success("Two-step sign-in is on");
    void client.invalidateQueries({ queryKey: accountKey });
    onClose();
  };
  const pending = begin.isPending || confirm.isPending;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && !pending && onClose()}
      locked={confirm.isSuccess}
      title={confirm.isSuccess ? "Two-step sign-in is on" : "Turn on two-step sign-in"}
      description={
        confirm.isSuccess
          ? undefined
          : begin.isSuccess
            ? "Scan this with an authenticator app, then type its code."
            : "First, show that it is you."
      }
    >
      {confirm.isSuccess ? (
        <RecoveryCodesReveal codes={confirm.data.recoveryCodes} onDone={done} />
      ) : begin.isSuccess ? (
        <ConfirmStep
          seed={begin.data}
          pending={confirm.isPending}
          error={confirm.error}
          onCancel={onClose}
          onSubmit={(code) => confirm.mutate({ code })}
        />
      ) : (
        <PasswordStep
          pending={begin.isPending}
          error={begin.error}
          onCancel={onClose}
          onSubmit={(password) => begin.mutate({ password })}
        />
      )}
    </Dialog>
  );
}

type Step = {
  pending: boolean;
  error: Error | null;
  onCancel: () => void;
  onSubmit: (value: string) => void;
};

const issueOf = (error: Error | null, path: string) =>
  error instanceof PortalError ? error.issueOf(path) : undefined;

function PasswordStep({ pending, error, onCancel, onSubmit }: Step) {
  const [password, setPassword] = useState("");
  const refused = issueOf(error, "password");
  return (
    <StepForm
      action="Continue"
      pending={pending}
      onCancel={onCancel}
      onSubmit={() => password && onSubmit(password)}
    >
      <PasswordField
        label="Your password"
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
        error={refused}
      />
      {!refused && <FailureNotice error={error} />}
    </StepForm>
  );
}

function ConfirmStep({ seed, pending, error, onCancel, onSubmit }: Step & { seed: TotpSeed }) {
  const [code, setCode] = useState("");
  const refused = issueOf(error, "code");
  return (
    <StepForm
      action="Turn on"
      pending={pending}
      onCancel={onCancel}
      onSubmit={() => code && onSubmit(code)}
    >
      <div className="flex flex-col items-center gap-4 sm:flex-row sm:items-start">
        <QrCode text={seed.uri} label="QR code of the seed" />
        <div className="grid min-w-0 gap-1.5">
          <p className="text-muted text-sm">Can't scan it? Type this key into the app:</p>
          <div className="flex items-start gap-1">
            <code className="wrap-anywhere rounded-sm bg-sunken px-2 py-1 text-sm">
              {seed.secret}
            </code>
            <CopyButton
              value={seed.secret.replaceAll(" ", "")}
              label="Copy the key"
              variant="ghost"
              size="sm"
            />
          </div>
        </div>
      </div>
      <CodeField recovery={false} autoFocus value={code} onChange={setCode} error={refused} />
      {!refused && <FailureNotice error={error} />}
    </StepForm>
  );
}

function StepForm({
  action,
  pending,
  onCancel,
  onSubmit,
  children,
}: {
  action: string;
  pending: boolean;
  onCancel: () => void;
  onSubmit: () => void;
  children: ReactNode;
}) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!pending) onSubmit();
  };
  return (
    <form onSubmit={submit} noValidate className="flex min-h-0 flex-col">
      <DialogBody>{children}</DialogBody>
      <DialogFooter>
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" variant="primary" pending={pending}>
          {action}
        </Button>
      </DialogFooter>
    </form>
  );
}
