"use client";
import { SecretReveal } from "@/components/people/secret-reveal";
import { CopyButton } from "@/components/ui/copy-button";

/** Recovery codes at the one moment when they can be seen. */
export function RecoveryCodesReveal({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  return (
    <SecretReveal
      title="Keep these recovery codes"
      hint="Each signs you in once, in place of a code, should you lose your authenticator. They are shown this once."
      confirm="I have stored them"
      onDone={onDone}
    >
      <ul
        aria-label="Recovery codes"
        className="grid gap-x-6 gap-y-1 rounded-md bg-sunken px-4 py-3 font-mono text-sm sm:grid-cols-2"
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div>
        <CopyButton value={codes.join("\n")} label="Copy recovery codes" text="Copy all" />
      </div>
    </SecretReveal>
  );
}
