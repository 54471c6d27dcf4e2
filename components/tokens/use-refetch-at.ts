"use client";
import { useEffect } from "react";

/** Asks anew once a time has come, so that an overlap is seen to end. */
export function useRefetchAt(at: number | undefined, refetch: () => void): void {
  useEffect(() => {
    const wait = at === undefined ? Number.POSITIVE_INFINITY : at - Date.now() + 500;
    if (wait > 86_400_000) return;
    const timer = setTimeout(refetch, Math.max(wait, 1_000));
    return () => clearTimeout(timer);
  }, [at, refetch]);
}
