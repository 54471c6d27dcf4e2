"use client";
import { useSearchParams } from "next/navigation";
import { useCallback, useMemo } from "react";
import { toQuery } from "@/lib/browser/query";

type Look = Record<string, string | undefined>;

/**
 * What a page looks at, kept in its URL, so that a link reproduces it. A change starts from the
 * first page unless it names one; `replace` makes no step in the history.
 * @param parse reads it from a query; must keep its identity between renders.
 */
export function useLook<T extends Look>(parse: (params: URLSearchParams) => T) {
  const params = useSearchParams();
  const look = useMemo(() => parse(new URLSearchParams(params.toString())), [params, parse]);
  const change = useCallback(
    (next: Partial<T>, replace = false) => {
      const now = parse(new URLSearchParams(location.search));
      const url = location.pathname + toQuery({ ...now, after: "", before: "", ...next });
      if (replace) history.replaceState(null, "", url);
      else history.pushState(null, "", url);
    },
    [parse],
  );
  return { look, change };
}
