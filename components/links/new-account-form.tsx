"use client";
import { type FormEvent, useState } from "react";
import { PasswordField, passwordHint } from "@/components/people/password-fields";
import { ProviderButton } from "@/components/sign-in/provider-button";
import { FailureNotice } from "@/components/tokens/failure";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { passwordProblem } from "@/lib/browser/account";
import { PortalError } from "@/lib/browser/http";
import { labelProblem } from "@/lib/browser/label";
import { acceptInvitation, type InvitationView } from "@/lib/browser/links";
import { signIn } from "@/lib/browser/session";

/** Makes the account of an invited person, then signs it in. */
export function NewAccountForm({
  secret,
  invitation,
  provider,
}: {
  secret: string;
  invitation: InvitationView;
  /** What single sign-on is called; it accepts the invitation by itself. */
  provider: string | null;
}) {
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [tried, setTried] = useState(false);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const issue = (path: string) => (error instanceof PortalError ? error.issueOf(path) : undefined);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (pending || labelProblem(name) || passwordProblem(password)) return;
    setPending(true);
    setError(null);
    try {
      const { email, tenantId } = await acceptInvitation({ secret, name: name.trim(), password });
      await signIn(email, password).then(
        () => location.assign(`/t/${tenantId}`),
        () => location.assign("/sign-in"),
      );
    } catch (failure) {
      setError(failure);
      setPending(false);
    }
  };
  return (
    <div className="grid gap-5">
      {provider && <ProviderButton name={provider} returnTo={`/t/${invitation.tenantId}`} />}
      <form onSubmit={submit} noValidate className="grid gap-4">
        <input type="hidden" autoComplete="username" value={invitation.email} readOnly />
        <Field
          label="Your name"
          error={
            tried
              ? (labelProblem(name)?.replace("it a label", "your name") ?? issue("name"))
              : undefined
          }
        >
          {(control) => (
            <Input
              {...control}
              autoComplete="name"
              value={name}
              onChange={(event) => setName(event.target.value)}
              className="h-10"
            />
          )}
        </Field>
        <PasswordField
          label="Password"
          autoComplete="new-password"
          hint={passwordHint}
          value={password}
          onChange={setPassword}
          className="h-10"
          error={tried ? (passwordProblem(password) ?? issue("password")) : undefined}
        />
        {!issue("name") && !issue("password") && <FailureNotice error={error} />}
        <Button type="submit" variant="primary" size="lg" pending={pending}>
          Create account and join
        </Button>
      </form>
    </div>
  );
}
