"use client";
import { type ReactNode, useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/choice";
import { DialogBody, DialogFooter } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";

/**
 * Something shown this once: a token, a link to pass on, a password, recovery codes. It stays until
 * the reader says that it is stored. Leaving the page before that is asked about, and a page kept
 * for Back does not keep it.
 */
export function SecretReveal({
  title,
  hint,
  confirm,
  onDone,
  children,
}: {
  title: string;
  hint: ReactNode;
  /** What the reader ticks: "I have stored it". */
  confirm: string;
  onDone: () => void;
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
    window.addEventListener("pagehide", onDone);
    return () => window.removeEventListener("pagehide", onDone);
  }, [onDone]);
  return (
    <>
      <DialogBody>
        <Notice tone="caution" title={title}>
          {hint}
        </Notice>
        {children}
      </DialogBody>
      <DialogFooter>
        <Checkbox
          label={confirm}
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
