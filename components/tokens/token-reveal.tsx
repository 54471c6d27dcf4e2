"use client";
import { CodeBlock } from "@/components/ui/code";
import { SecretReveal } from "./secret-reveal";

/** A token just issued, and a call that tells whose it is. */
export function TokenReveal({
  secret,
  verifyUrl,
  onDone,
}: {
  secret: string;
  /** Where a call tells whose the token is. */
  verifyUrl: string;
  onDone: () => void;
}) {
  return (
    <SecretReveal what="token" label="Token" secret={secret} named onDone={onDone}>
      <CodeBlock label="Try it">
        {`curl -H "Authorization: Bearer ${secret}" ${verifyUrl}`}
      </CodeBlock>
    </SecretReveal>
  );
}
