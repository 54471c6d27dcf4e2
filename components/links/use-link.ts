"use client";
import { useEffect, useState } from "react";
import { PortalError } from "@/lib/browser/http";
import { linkSecret } from "@/lib/browser/links";

export type LinkState<T> =
  | { is: "loading" }
  | { is: "over" }
  | { is: "failed"; error: unknown; retry: () => void }
  | { is: "open"; secret: string; about: T };

/** Asks what the link in this page's address is about. `lookUp` must keep its identity. */
export function useLink<T>(lookUp: (secret: string) => Promise<T>): LinkState<T> {
  const [state, setState] = useState<LinkState<T>>({ is: "loading" });
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt asks again.
  useEffect(() => {
    let current = true;
    const secret = linkSecret();
    if (!secret) {
      setState({ is: "over" });
      return;
    }
    setState({ is: "loading" });
    lookUp(secret).then(
      (about) => current && setState({ is: "open", secret, about }),
      (error: unknown) => {
        if (!current) return;
        const over = error instanceof PortalError && error.code === "not_found";
        const retry = () => setAttempt((count) => count + 1);
        setState(over ? { is: "over" } : { is: "failed", error, retry });
      },
    );
    return () => {
      current = false;
    };
  }, [lookUp, attempt]);
  return state;
}
