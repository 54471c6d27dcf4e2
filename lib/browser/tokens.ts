import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { call } from "@/lib/browser/http";
import type {
  IssuedToken,
  IssueTokenInput,
  ReplaceTokenInput,
  Token,
  TokenDetail,
  TokenPage,
  TokenView,
  UpdateTokenInput,
} from "@/lib/tokens/schema";

export type { IssuedToken, Token, TokenDetail, TokenPage, TokenView };
export type TokenStatus = Token["status"];

const path = (tenantId: string) => `/api/tenants/${tenantId}/tokens`;

/** Everything cached of a Tenant's tokens. */
export const tokensKey = (tenantId: string) => ["tenants", tenantId, "tokens"] as const;

/** A page of tokens; the last one stays in view while the next loads. */
export const tokenPageQuery = (tenantId: string, view: TokenView) =>
  queryOptions({
    queryKey: [...tokensKey(tenantId), view],
    queryFn: ({ signal }) =>
      call<TokenPage>("GET", `${path(tenantId)}?${viewParams(view)}`, { signal }),
    placeholderData: keepPreviousData,
  });

/** Everything cached of one token. */
export const tokenKey = (tenantId: string, tokenId: string) =>
  ["tenants", tenantId, "token", tokenId] as const;

/** One token with its neighbours in the chain of replacements. */
export const tokenQuery = (tenantId: string, tokenId: string) =>
  queryOptions({
    queryKey: [...tokenKey(tenantId, tokenId), "detail"],
    queryFn: ({ signal }) => call<TokenDetail>("GET", `${path(tenantId)}/${tokenId}`, { signal }),
  });

/** A token's own page. */
export const tokenPath = (tenantId: string, tokenId: string) => `/t/${tenantId}/tokens/${tokenId}`;

export const issueToken = (tenantId: string, input: IssueTokenInput) =>
  call<IssuedToken>("POST", path(tenantId), { body: input });

export const updateToken = (tenantId: string, tokenId: string, change: UpdateTokenInput) =>
  call<Token>("PATCH", `${path(tenantId)}/${tokenId}`, { body: change });

export const revokeToken = (tenantId: string, tokenId: string) =>
  call<Token>("POST", `${path(tenantId)}/${tokenId}/revoke`);

export const replaceToken = (tenantId: string, tokenId: string, input: ReplaceTokenInput) =>
  call<IssuedToken>("POST", `${path(tenantId)}/${tokenId}/replace`, { body: input });

const sorts = ["name", "created", "used"] as const;
const statuses = ["Active", "Inactive", "Revoked"] as const;
const isId = (value: string) => /^[0-9a-f-]{36}$/.test(value);

/** The view that a page's query describes; what it does not understand is left out. */
export function parseTokenView(params: URLSearchParams): TokenView {
  const get = (name: string) => params.get(name) ?? undefined;
  const search = get("search")?.slice(0, 100);
  const [after, before] = [get("after"), get("before")];
  return {
    ...(search ? { search } : {}),
    status: statuses.find((status) => status.toLowerCase() === get("status")),
    sort: sorts.find((sort) => sort === get("sort")) ?? "created",
    direction: get("direction") === "asc" ? "asc" : "desc",
    ...(after && isId(after) ? { after } : {}),
    ...(before && isId(before) && !after ? { before } : {}),
  };
}

/** A view as the query of the API. */
function viewParams(view: TokenView): URLSearchParams {
  const given = Object.entries(view).filter(([, value]) => value !== undefined);
  return new URLSearchParams(Object.fromEntries(given) as Record<string, string>);
}

/** A view as the query of the page: defaults left out, so that a plain link is short. */
export function viewQuery(view: TokenView): string {
  const params = viewParams(view);
  if (view.status) params.set("status", view.status.toLowerCase());
  if (view.sort === "created") params.delete("sort");
  if (view.direction === "desc") params.delete("direction");
  const text = params.toString();
  return text ? `?${text}` : "";
}
