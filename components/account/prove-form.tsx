"use client";
import { type FormEvent, useState } from "react";
import { CodeField, PasswordField } from "@/components/people/password-fields";
import { FailureNotice } from "@/components/tokens/failure";
import { Button } from "@/components/ui/button";
import { DialogBody, DialogFooter } from "@/components/ui/dialog";
import { PortalError } from "@/lib/browser/http";

/** Password and code, before something that weakens the account. */
export function ProveForm({
  action,
  danger = false,
  pending,
  error,
  onCancel,
  onSubmit,
}: {
  action: string;
  danger?: boolean;
  pending: boolean;
  error: Error | null;
  onCancel: () => void;
  onSubmit: (proof: { password: string; code: string }) => void;
}) {
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [tried, setTried] = useState(false);
  const issue = (path: string) => (error instanceof PortalError ? error.issueOf(path) : undefined);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!pending && password && code.trim()) onSubmit({ password, code: code.trim() });
  };
  const named = issue("password") ?? issue("code");
  return (
    <form onSubmit={submit} noValidate className="flex min-h-0 flex-col">
      <DialogBody>
        <PasswordField
          label="Your password"
          autoComplete="current-password"
          value={password}
          onChange={setPassword}
          error={tried && !password ? "Give your password." : issue("password")}
        />
        <CodeField
          value={code}
          onChange={setCode}
          error={tried && !code.trim() ? "Give a code." : issue("code")}
        />
        {!named && <FailureNotice error={error} />}
      </DialogBody>
      <DialogFooter>
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" variant={danger ? "danger" : "primary"} pending={pending}>
          {action}
        </Button>
      </DialogFooter>
    </form>
  );
}
