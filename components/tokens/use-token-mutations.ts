"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type TokenPage, tokensKey, updateToken } from "@/lib/browser/tokens";

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
  const queryKey = tokensKey(tenantId);
  return useMutation({
    mutationFn: ({ tokenId, ...change }: Change) => updateToken(tenantId, tokenId, change),
    async onMutate(change) {
      await client.cancelQueries({ queryKey });
      const before = client.getQueriesData<TokenPage>({ queryKey });
      client.setQueriesData<TokenPage>({ queryKey }, (page) => page && withChange(page, change));
      return { before };
    },
    onError(_error, _change, context) {
      for (const [key, page] of context?.before ?? []) client.setQueryData(key, page);
    },
    onSettled: refresh,
  });
}

function withChange(page: TokenPage, { tokenId, name, active }: Change): TokenPage {
  const tokens = page.tokens.map((token) => {
    if (token.id !== tokenId) return token;
    return {
      ...token,
      ...(name === undefined ? {} : { name }),
      ...(active === undefined
        ? {}
        : ({ active, status: active ? "Active" : "Inactive" } as const)),
    };
  });
  return { ...page, tokens };
}
