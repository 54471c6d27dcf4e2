"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import {
  type Token,
  type TokenDetail,
  type TokenPage,
  tokenQuery,
  tokensKey,
  updateToken,
} from "@/lib/browser/tokens";

/** Asks anew for all that is shown of a Tenant, after a change. */
export function useRefreshTenant(tenantId: string) {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: ["tenants", tenantId] });
}

type Change = { tokenId: string; name?: string; active?: boolean };

/** Renames or switches a token: shown at once, taken back if the server refuses. */
export function useUpdateToken(tenantId: string) {
  const client = useQueryClient();
  const refresh = useRefreshTenant(tenantId);
  const lists = { queryKey: tokensKey(tenantId) };
  return useMutation({
    mutationFn: ({ tokenId, ...change }: Change) => updateToken(tenantId, tokenId, change),
    async onMutate(change) {
      const detail = tokenQuery(tenantId, change.tokenId);
      await Promise.all([client.cancelQueries(lists), client.cancelQueries(detail)]);
      const before = [
        ...client.getQueriesData<unknown>(lists),
        [detail.queryKey, client.getQueryData(detail.queryKey)] as const,
      ];
      client.setQueriesData<TokenPage>(lists, (page) => page && inPage(page, change));
      client.setQueryData<TokenDetail>(detail.queryKey, (token) => token && changed(token, change));
      return { before };
    },
    onError(_error, _change, context) {
      for (const [key, page] of context?.before ?? []) client.setQueryData(key, page);
    },
    onSettled: refresh,
  });
}

const inPage = (page: TokenPage, change: Change): TokenPage => ({
  ...page,
  tokens: page.tokens.map((token) =>
    token.id === change.tokenId ? changed(token, change) : token,
  ),
});

function changed<T extends Token>(token: T, { name, active }: Change): T {
  return {
    ...token,
    ...(name === undefined ? {} : { name }),
    ...(active === undefined ? {} : ({ active, status: active ? "Active" : "Inactive" } as const)),
  };
}
