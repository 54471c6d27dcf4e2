"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { type FormEvent, useState } from "react";
import { PasswordField, passwordHint } from "@/components/people/password-fields";
import { FailureNotice } from "@/components/tokens/failure";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { toast } from "@/components/ui/toast";
import { type Account, accountKey, changePassword, passwordProblem } from "@/lib/browser/account";
import { PortalError } from "@/lib/browser/http";

/** Changes the password; every other session ends by it. */
export function PasswordForm({ account }: { account: Account }) {
  return (
    <Card
      title="Password"
      description={
        account.hasPassword
          ? "Changing it signs you out everywhere else."
          : "You sign in by single sign-on."
      }
    >
      {account.hasPassword ? (
        <Form />
      ) : (
        <p className="text-muted">
          To sign in by password too,{" "}
          <Link href="/forgot-password" className="text-accent-ink underline underline-offset-3">
            ask for a link to set one
          </Link>
          .
        </p>
      )}
    </Card>
  );
}

function Form() {
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [tried, setTried] = useState(false);
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: () => changePassword({ current, next }),
    onSuccess: async ({ sessionsEnded }) => {
      toast.success("Password changed", {
        description: sessionsEnded > 0 ? "You are signed out everywhere else." : undefined,
      });
      setCurrent("");
      setNext("");
      setTried(false);
      await client.invalidateQueries({ queryKey: accountKey });
    },
  });
  const issue = (path: string) =>
    change.error instanceof PortalError ? change.error.issueOf(path) : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!change.isPending && current && !passwordProblem(next)) change.mutate();
  };
  const missing = current === "" ? "Give your password." : undefined;
  return (
    <form onSubmit={submit} noValidate className="grid max-w-100 gap-4 pt-1">
      <PasswordField
        label="Current password"
        autoComplete="current-password"
        value={current}
        onChange={setCurrent}
        error={tried ? (missing ?? issue("current")) : undefined}
      />
      <PasswordField
        label="New password"
        autoComplete="new-password"
        hint={passwordHint}
        value={next}
        onChange={setNext}
        error={tried ? (passwordProblem(next) ?? issue("next")) : undefined}
      />
      {!issue("current") && !issue("next") && <FailureNotice error={change.error} />}
      <div>
        <Button type="submit" variant="primary" pending={change.isPending}>
          Change password
        </Button>
      </div>
    </form>
  );
}
