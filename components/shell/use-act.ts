"use client";
import { useSearchParams } from "next/navigation";
import { useEffect, useEffectEvent } from "react";

/**
 * Opens a page's dialog when its URL asks for it (`?act=issue`), and takes that out of the URL: a
 * reload or Back doesn't open it again.
 */
export function useAct(name: string, open: () => void, allowed = true): void {
  const wanted = useSearchParams().get("act") === name && allowed;
  const act = useEffectEvent(open);
  useEffect(() => {
    if (!wanted) return;
    const url = new URL(location.href);
    url.searchParams.delete("act");
    history.replaceState(null, "", url.pathname + url.search);
    act();
  }, [wanted]);
}
