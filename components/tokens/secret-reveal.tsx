"use client";
import type { ReactNode } from "react";
import { SecretReveal as Reveal } from "@/components/people/secret-reveal";
import { SecretField } from "@/components/ui/code";

/** A credential's secret at the one moment when it can be seen. */
export function SecretReveal({
  what,
  label,
  secret,
  named,
  onDone,
  children,
}: {
  /** What it is called in a sentence: token, secret. */
  what: string;
  label: string;
  secret: string;
  /** Shows the label: what comes below has one too. */
  named?: boolean;
  onDone: () => void;
  /** What else is worth knowing now, such as a call that uses it. */
  children: ReactNode;
}) {
  return (
    <Reveal
      title={`Copy the ${what} now`}
      hint="It is shown this once. We keep only a hash of it and can't show it again."
      confirm="I have stored it"
      onDone={onDone}
    >
      <SecretField label={label} value={secret} named={named} />
      {children}
    </Reveal>
  );
}
