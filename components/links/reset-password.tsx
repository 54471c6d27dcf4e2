"use client";
import Link from "next/link";
import { type FormEvent, useState } from "react";
import { PasswordField, passwordHint } from "@/components/people/password-fields";
import { FailureNotice } from "@/components/tokens/failure";
import { Button } from "@/components/ui/button";
import { LabelText } from "@/components/ui/label-text";
import { passwordProblem } from "@/lib/browser/account";
import { PortalError } from "@/lib/browser/http";
import { completeReset, lookUpReset } from "@/lib/browser/links";
import { EntryPage } from "./entry-page";
import { LinkFailed, LinkLoading, LinkOver } from "./link-states";
import { useLink } from "./use-link";

/** Sets a new password by a link, then leads to the sign-in. */
export function ResetPassword() {
  const link = useLink(lookUpReset);
  const [done, setDone] = useState(false);
  if (done) {
    return (
      <EntryPage
        title="Your password is set"
        lead="You are signed out everywhere. Sign in with the new one."
      >
        <Button asChild variant="primary" size="lg">
          <Link href="/sign-in">Sign in</Link>
        </Button>
      </EntryPage>
    );
  }
  if (link.is === "loading") return <LinkLoading />;
  if (link.is === "over") {
    return (
      <LinkOver>
        <Button asChild variant="primary" size="lg">
          <Link href="/forgot-password">Ask for another one</Link>
        </Button>
      </LinkOver>
    );
  }
  if (link.is === "failed") return <LinkFailed error={link.error} onRetry={link.retry} />;
  return (
    <EntryPage
      title="Set a new password"
      lead={
        <>
          For <LabelText wrap>{link.about.email}</LabelText>. Setting it signs you out everywhere.
        </>
      }
    >
      <Form secret={link.secret} email={link.about.email} onDone={() => setDone(true)} />
    </EntryPage>
  );
}

function Form({ secret, email, onDone }: { secret: string; email: string; onDone: () => void }) {
  const [password, setPassword] = useState("");
  const [tried, setTried] = useState(false);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const refused = error instanceof PortalError ? error.issueOf("password") : undefined;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (pending || passwordProblem(password)) return;
    setPending(true);
    setError(null);
    try {
      await completeReset(secret, password);
      // The link is used: it need not stay in the history.
      history.replaceState(null, "", location.pathname);
      onDone();
    } catch (failure) {
      setError(failure);
      setPending(false);
    }
  };
  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <input type="hidden" autoComplete="username" value={email} readOnly />
      <PasswordField
        label="New password"
        autoComplete="new-password"
        hint={passwordHint}
        autoFocus
        value={password}
        onChange={setPassword}
        className="h-10"
        error={tried ? (passwordProblem(password) ?? refused) : undefined}
      />
      {!refused && <FailureNotice error={error} />}
      <Button type="submit" variant="primary" size="lg" pending={pending}>
        Set password
      </Button>
    </form>
  );
}
