"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { signInByProvider } from "@/lib/browser/session";

/** Leaves for the single sign-on provider, and a rule between that and a password. */
export function ProviderButton({ name, returnTo }: { name: string; returnTo?: string }) {
  const [pending, setPending] = useState(false);
  const [failed, setFailed] = useState(false);
  const leave = async () => {
    setPending(true);
    setFailed(false);
    try {
      await signInByProvider(returnTo);
    } catch {
      setFailed(true);
      setPending(false);
    }
  };
  return (
    <div className="grid gap-5">
      {failed && (
        <Notice tone="danger" role="alert">
          {name} can't be reached right now.
        </Notice>
      )}
      <Button size="lg" pending={pending} onClick={leave}>
        Continue with {name}
      </Button>
      <div aria-hidden className="flex items-center gap-3 text-faint text-sm">
        <span className="h-px flex-1 bg-line" />
        or
        <span className="h-px flex-1 bg-line" />
      </div>
    </div>
  );
}
