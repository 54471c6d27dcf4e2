"use client";
import { type FormEvent, useState } from "react";
import { CodeField } from "@/components/people/password-fields";
import { Button } from "@/components/ui/button";

/** The second step of signing in. */
export function CodeStep({
  pending,
  error,
  onSubmit,
  onBack,
}: {
  pending: boolean;
  error?: string;
  onSubmit: (code: string) => void;
  onBack: () => void;
}) {
  const [code, setCode] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (code.trim()) onSubmit(code.trim());
  };
  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <CodeField autoFocus value={code} onChange={setCode} error={error} />
      <Button type="submit" variant="primary" size="lg" pending={pending}>
        {pending ? "Signing in" : "Sign in"}
      </Button>
      <Button variant="ghost" size="lg" onClick={onBack}>
        Back
      </Button>
    </form>
  );
}
