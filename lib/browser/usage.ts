import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { formatClock, formatDate, formatDay, formatMinute } from "@/lib/browser/format";
import { call } from "@/lib/browser/http";
import { oneOf } from "@/lib/browser/query";
import { tokenKey } from "@/lib/browser/tokens";
import type {
  CredentialPeriod,
  PeriodUsage,
  RecentUse,
  RefusedSource,
  UsagePeriod,
  UsageSource,
} from "@/lib/usage/schema";

export type { CredentialPeriod, PeriodUsage, RecentUse, RefusedSource, UsagePeriod, UsageSource };

/** The period of calls that a page's URL names; 24 hours where it names none. */
export type UsageLook = { period?: Exclude<UsagePeriod, "24h"> };

export const parseUsageLook = (params: URLSearchParams): UsageLook => ({
  period: oneOf(["7d", "30d"] as const, params.get("period")),
});

const token = (tenantId: string, tokenId: string) => `/api/tenants/${tenantId}/tokens/${tokenId}`;

/** A Tenant's calls in a period; the last one stays in view while the next loads. */
export const tenantUsageQuery = (tenantId: string, { period = "24h" }: { period?: UsagePeriod }) =>
  queryOptions({
    queryKey: ["tenants", tenantId, "usage", period],
    queryFn: ({ signal }) =>
      call<PeriodUsage>("GET", `/api/tenants/${tenantId}/usage?period=${period}`, { signal }),
    placeholderData: keepPreviousData,
  });

/** A token's calls in a period, and every source of it. */
export const tokenUsageQuery = (
  tenantId: string,
  tokenId: string,
  { period = "24h" }: { period?: UsagePeriod },
) =>
  queryOptions({
    queryKey: [...tokenKey(tenantId, tokenId), "usage", period],
    queryFn: ({ signal }) =>
      call<CredentialPeriod>("GET", `${token(tenantId, tokenId)}/usage?period=${period}`, {
        signal,
      }),
    placeholderData: keepPreviousData,
  });

/** Who used a token in the last 24 hours and 7 days. */
export const recentUseQuery = (tenantId: string, tokenId: string) =>
  queryOptions({
    queryKey: [...tokenKey(tenantId, tokenId), "recent-use"],
    queryFn: ({ signal }) =>
      call<RecentUse>("GET", `${token(tenantId, tokenId)}/recent-use`, { signal }),
  });

/** Where refused calls of a token come from. */
export const refusedCallsQuery = (tenantId: string, tokenId: string) =>
  queryOptions({
    queryKey: [...tokenKey(tenantId, tokenId), "refused-calls"],
    queryFn: ({ signal }) =>
      call<RefusedSource[]>("GET", `${token(tenantId, tokenId)}/refused-calls`, { signal }),
  });

const HOUR = 3_600_000;

/**
 * A period's buckets as the bars of a chart: hours in the reader's zone, days as they are counted,
 * in UTC. `label` is for the axis, `title` says all.
 */
export const barsOf = ({ by, buckets }: PeriodUsage, zone: string) =>
  buckets.map(({ start, accepted, refused }) => {
    const at = Date.parse(start);
    const words =
      by === "hour"
        ? {
            label: formatClock(at, zone),
            title: `${formatMinute(at, zone)} to ${formatClock(at + HOUR, zone)}`,
          }
        : { label: formatDay(at, "UTC"), title: formatDate(at, "UTC") };
    return { key: start, ...words, accepted, refused };
  });
