import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { call } from "@/lib/browser/http";
import { boundsOf, type Period, parsePeriod } from "@/lib/browser/period";
import { edgesIn, idIn, oneOf, toQuery } from "@/lib/browser/query";
import { refusalReasons } from "@/lib/browser/refusals";
import type {
  RefusalPage,
  SupportSearchResult,
  TenantVolume,
  TenantVolumeFilter,
  TenantVolumePage,
} from "@/lib/support/schema";
import type { Refusal, RefusalReason } from "@/lib/usage/schema";

export type { Refusal, RefusalReason, SupportSearchResult, TenantVolume, TenantVolumePage };

/** Finds what a text names, or whose a whole secret is. It travels in the body, never in a URL. */
export const searchSupport = (query: string) =>
  call<SupportSearchResult>("POST", "/api/support/search", { body: { query } });

/** A search that a link may carry. */
export const supportSearchQuery = (query: string) =>
  queryOptions({
    queryKey: ["support", "search", query],
    queryFn: () => searchSupport(query),
    enabled: query !== "",
  });

const uuids = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/**
 * Whether a search may be in a URL: nothing in it can be a secret, or a part of one. Names, hints
 * and UUIDs may; long runs of letters and digits, and what begins as our secrets do, may not.
 */
export function mayBeInUrl(text: string): boolean {
  const rest = text.replace(uuids, "");
  if (text.length > 100 || /\p{Cc}/u.test(text) || /bearer|secret-token|^eyJ/i.test(rest))
    return false;
  if (/sb(at|cs)_(?!(…|\.\.\.)?[0-9A-Za-z]{4}$)/i.test(rest)) return false;
  return !/[0-9A-Za-z_-]{16,}/.test(rest);
}

export const tenantStatuses = ["active", "suspended", "deleted"] as const;

/** Tenants that a page's query asks for. */
export function parseTenantsLook(params: URLSearchParams): TenantVolumeFilter {
  return {
    search:
      params
        .get("search")
        ?.replace(/\p{Cc}/gu, "")
        .slice(0, 100) || undefined,
    status: oneOf(tenantStatuses, params.get("status")),
    ...edgesIn(params),
  };
}

/** A page of Tenants with their volume; the last one stays in view while the next loads. */
export const tenantsPageQuery = ({ search, status, after, before }: TenantVolumeFilter) =>
  queryOptions({
    queryKey: ["platform", "tenants", { search, status, after, before }],
    queryFn: ({ signal }) =>
      call<TenantVolumePage>(
        "GET",
        `/api/support/tenants${toQuery({ search, status, after, before })}`,
        { signal },
      ),
    placeholderData: keepPreviousData,
  });

/** What of the refused calls is looked at, as the page's URL holds it. */
export type RefusalLook = Period & {
  reason?: RefusalReason;
  tenantId?: string;
  after?: string;
  before?: string;
};

export const parseRefusalLook = (params: URLSearchParams): RefusalLook => ({
  reason: oneOf(refusalReasons, params.get("reason")),
  tenantId: idIn(params, "tenantId"),
  ...parsePeriod(params),
  ...edgesIn(params),
});

/** The filter of the API: relative times become absolute as seen from `now`. */
export function refusalFilterOf(look: RefusalLook, now: number) {
  const { reason, tenantId, after, before } = look;
  return { reason, tenantId, after, before, ...boundsOf(look, now) };
}

/** A page of refused calls; the last one stays in view while the next loads. */
export const refusalsPageQuery = (look: RefusalLook) =>
  queryOptions({
    queryKey: ["platform", "refusals", look],
    queryFn: ({ signal }) =>
      call<RefusalPage>(
        "GET",
        `/api/support/refusals${toQuery(refusalFilterOf(look, Date.now()))}`,
        { signal },
      ),
    placeholderData: keepPreviousData,
  });
