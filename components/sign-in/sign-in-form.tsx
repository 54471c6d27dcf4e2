"use client";
import Link from "next/link";
import { type FormEvent, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { PortalError } from "@/lib/browser/http";
import { localPath, signIn } from "@/lib/browser/session";
import { CodeStep } from "./code-step";
import { ProviderButton } from "./provider-button";

/** E-mail and password, then a code where the account wants one. */
export function SignInForm({
  returnTo,
  notice,
  provider,
}: {
  /** Where the reader was going. */
  returnTo?: string;
  notice?: string;
  /** What single sign-on is called, if there is any. */
  provider?: string | null;
}) {
  const [pending, setPending] = useState(false);
  const [error, setError] = useState(notice);
  const [known, setKnown] = useState<{ email: string; password: string } | null>(null);
  const password = useRef<HTMLInputElement>(null);
  const attempt = async (given: { email: string; password: string }, code?: string) => {
    if (pending) return;
    setPending(true);
    setError(undefined);
    try {
      await signIn(given.email, given.password, code);
      // A whole page load, so that nothing of a former session is left. A fragment goes along: it
      // may be the secret of an invitation, which no server is to see.
      location.assign(localPath(returnTo) + location.hash);
    } catch (failure) {
      setPending(false);
      const needsCode = failure instanceof PortalError && failure.code === "second_factor_required";
      if (needsCode) return setKnown(given);
      setError(failure instanceof PortalError ? failure.message : "Signing in failed. Try again.");
      password.current?.select();
    }
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    void attempt({ email: String(given.get("email")), password: String(given.get("password")) });
  };
  if (known) {
    return (
      <CodeStep
        pending={pending}
        error={error}
        onSubmit={(code) => attempt(known, code)}
        onBack={() => {
          setKnown(null);
          setError(undefined);
        }}
      />
    );
  }
  return (
    <div className="grid gap-5">
      {error && (
        <Notice tone="danger" role="alert">
          {error}
        </Notice>
      )}
      {provider && <ProviderButton name={provider} returnTo={returnTo} />}
      <form onSubmit={submit} className="grid gap-4">
        <Field label="E-mail">
          {(control) => (
            <Input
              {...control}
              name="email"
              type="email"
              autoComplete="username"
              autoCapitalize="off"
              spellCheck={false}
              maxLength={254}
              required
              autoFocus
              className="h-10"
            />
          )}
        </Field>
        <Field label="Password">
          {(control) => (
            <Input
              {...control}
              ref={password}
              name="password"
              type="password"
              autoComplete="current-password"
              maxLength={1024}
              required
              className="h-10"
            />
          )}
        </Field>
        <Button type="submit" variant="primary" size="lg" pending={pending}>
          {pending ? "Signing in" : "Sign in"}
        </Button>
      </form>
      <p className="text-sm">
        <Link
          href="/forgot-password"
          className="rounded-xs text-accent-ink underline decoration-1 underline-offset-3"
        >
          Forgot your password?
        </Link>
      </p>
    </div>
  );
}
