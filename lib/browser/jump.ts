import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { call } from "@/lib/browser/http";
import type { Destinations } from "@/lib/jump/schema";

export type { Destinations };

/** Tokens and Tenants that a text leads to; the last ones stay in view while the next load. */
export const destinationsQuery = (query: string, tenantId: string | undefined) =>
  queryOptions({
    queryKey: ["jump", tenantId, query],
    queryFn: ({ signal }) =>
      call<Destinations>("POST", "/api/jump", { body: { query, tenantId }, signal }),
    placeholderData: keepPreviousData,
    gcTime: 0,
  });

/** Whether each word of a search begins a word of a text: "sign ke" finds "Signing keys". */
export function beginsWords(search: string, text: string): boolean {
  const split = (some: string) => some.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  const words = split(text);
  return split(search).every((part) => words.some((word) => word.startsWith(part)));
}
