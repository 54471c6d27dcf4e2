"use client";
import { type ReactNode, useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/choice";
import { SecretField } from "@/components/ui/code";
import { DialogBody, DialogFooter } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";

/**
 * A secret at the one moment when it can be seen. It stays until the reader says that it is stored;
 * leaving the page before that is asked about, and coming back does not show it again.
 */
export function SecretReveal({
  what,
  label,
  secret,
  onDone,
  children,
}: {
  /** What it is called in a sentence: token, secret. */
  what: string;
  label: string;
  secret: string;
  onDone: () => void;
  /** What else is worth knowing now, such as a call that uses it. */
  children: ReactNode;
}) {
  const [stored, setStored] = useState(false);
  useEffect(() => {
    if (stored) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [stored]);
  useEffect(() => {
    // A page kept for Back must not keep the secret.
    window.addEventListener("pagehide", onDone);
    return () => window.removeEventListener("pagehide", onDone);
  }, [onDone]);
  return (
    <>
      <DialogBody>
        <Notice tone="caution" title={`Copy the ${what} now`}>
          It is shown this once. We keep only a hash of it and can't show it again.
        </Notice>
        <SecretField label={label} value={secret} />
        {children}
      </DialogBody>
      <DialogFooter>
        <Checkbox
          label="I have stored it"
          checked={stored}
          onCheckedChange={(checked) => setStored(checked === true)}
          className="order-last py-1 sm:order-none sm:mr-auto"
        />
        <Button variant="primary" disabled={!stored} onClick={onDone}>
          Done
        </Button>
      </DialogFooter>
    </>
  );
}
