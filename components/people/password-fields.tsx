"use client";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

/** A password, hidden as it is typed. */
export function PasswordField({
  label,
  hint,
  error,
  value,
  onChange,
  autoComplete,
  autoFocus,
  className,
}: {
  label: string;
  hint?: string;
  error?: string;
  value: string;
  onChange: (value: string) => void;
  autoComplete: "current-password" | "new-password";
  autoFocus?: boolean;
  className?: string;
}) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <Input
          {...control}
          type="password"
          autoComplete={autoComplete}
          autoFocus={autoFocus}
          maxLength={1024}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          className={className}
        />
      )}
    </Field>
  );
}

/** What a good password is, for the hint of a field. */
export const passwordHint = "At least 12 characters. A few unrelated words do well.";

/** A code of an authenticator, or a recovery code. */
export function CodeField({
  value,
  onChange,
  error,
  recovery = true,
  autoFocus,
}: {
  value: string;
  onChange: (value: string) => void;
  error?: string;
  /** Whether a recovery code will do. */
  recovery?: boolean;
  autoFocus?: boolean;
}) {
  return (
    <Field
      label="Code"
      hint={
        recovery
          ? "Six digits from your authenticator, or a recovery code."
          : "The six digits that your authenticator shows now."
      }
      error={error}
    >
      {(control) => (
        <Input
          {...control}
          inputMode={recovery ? "text" : "numeric"}
          autoComplete="one-time-code"
          autoCapitalize="off"
          spellCheck={false}
          maxLength={64}
          autoFocus={autoFocus}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          className="max-w-60 font-mono tracking-wide"
        />
      )}
    </Field>
  );
}
