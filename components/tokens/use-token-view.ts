"use client";
import { useSearchParams } from "next/navigation";
import { useCallback, useMemo } from "react";
import { parseTokenView, type TokenView, viewQuery } from "@/lib/browser/tokens";

/**
 * What of the tokens is looked at, kept in the URL, so that a link reproduces it. A change starts
 * from the first page unless it names one; `replace` makes no step in the history.
 */
export function useTokenView() {
  const params = useSearchParams();
  const view = useMemo(() => parseTokenView(new URLSearchParams(params.toString())), [params]);
  const change = useCallback((next: Partial<TokenView>, replace = false) => {
    const now = parseTokenView(new URLSearchParams(location.search));
    const query = viewQuery({ ...now, after: undefined, before: undefined, ...next });
    const url = location.pathname + query;
    if (replace) history.replaceState(null, "", url);
    else history.pushState(null, "", url);
  }, []);
  return { view, change };
}
