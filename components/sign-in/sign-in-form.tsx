"use client";
import { type FormEvent, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { PortalError } from "@/lib/browser/http";
import { localPath, signIn } from "@/lib/browser/session";

/** E-mail and password. `returnTo` is where the reader was going. */
export function SignInForm({ returnTo, notice }: { returnTo?: string; notice?: string }) {
  const [pending, setPending] = useState(false);
  const [error, setError] = useState(notice);
  const password = useRef<HTMLInputElement>(null);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (pending) return;
    const given = new FormData(event.currentTarget);
    setPending(true);
    setError(undefined);
    try {
      await signIn(String(given.get("email")), String(given.get("password")));
      // A whole page load, so that nothing of a former session is left.
      location.assign(localPath(returnTo));
    } catch (failure) {
      setError(failure instanceof PortalError ? failure.message : "Signing in failed. Try again.");
      setPending(false);
      password.current?.select();
    }
  };
  return (
    <form onSubmit={submit} className="grid gap-4">
      {error && (
        <Notice tone="danger" role="alert">
          {error}
        </Notice>
      )}
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
  );
}
