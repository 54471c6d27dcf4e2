"use client";
import { MailCheck } from "lucide-react";
import Link from "next/link";
import { type FormEvent, useState } from "react";
import { FailureNotice } from "@/components/tokens/failure";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { LabelText } from "@/components/ui/label-text";
import { Notice } from "@/components/ui/notice";
import { requestReset } from "@/lib/browser/links";
import { EntryPage } from "./entry-page";

const back = (
  <Button asChild size="lg">
    <Link href="/sign-in">Back to sign-in</Link>
  </Button>
);

/** Asks for a link to set a new password; the answer is the same for every address. */
export function ForgotPassword({ byMail }: { byMail: boolean }) {
  const [email, setEmail] = useState("");
  const [state, setState] = useState<"asking" | "pending" | "sent">("asking");
  const [error, setError] = useState<unknown>(null);
  if (!byMail) {
    return (
      <EntryPage title="Forgot your password?">
        <Notice title="No mail is sent from here">
          Ask an operator of this installation for a link to set a new password.
        </Notice>
        {back}
      </EntryPage>
    );
  }
  if (state === "sent") {
    return (
      <EntryPage title="Look at your mail">
        <div role="status" className="flex gap-3 text-muted">
          <MailCheck aria-hidden className="mt-0.5 size-5 shrink-0" />
          <p>
            If <LabelText wrap>{email}</LabelText> has an account, a link to set a new password is
            on its way. It holds for an hour.
          </p>
        </div>
        {back}
      </EntryPage>
    );
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (state === "pending") return;
    setState("pending");
    setError(null);
    try {
      await requestReset(email.trim());
      setState("sent");
    } catch (failure) {
      setError(failure);
      setState("asking");
    }
  };
  return (
    <EntryPage title="Forgot your password?" lead="We mail you a link to set a new one.">
      <form onSubmit={submit} className="grid gap-4">
        <FailureNotice error={error} />
        <Field label="E-mail">
          {(control) => (
            <Input
              {...control}
              type="email"
              required
              autoComplete="username"
              maxLength={254}
              autoFocus
              value={email}
              onChange={(event) => setEmail(event.target.value)}
              className="h-10"
            />
          )}
        </Field>
        <Button type="submit" variant="primary" size="lg" pending={state === "pending"}>
          Send the link
        </Button>
      </form>
      {back}
    </EntryPage>
  );
}
