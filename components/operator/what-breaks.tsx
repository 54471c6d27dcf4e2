import { Notice } from "@/components/ui/notice";
import { Time } from "@/components/ui/time";
import { formatCount } from "@/lib/browser/format";
import type { TenantVolume } from "@/lib/browser/support";

const counted = (count: number, one: string, many: string) =>
  `${formatCount(count)} ${count === 1 ? one : many}`;

/** Names what stops working when a Tenant does. */
export function WhatBreaks({ tenant }: { tenant: TenantVolume }) {
  const { liveTokens, liveClients, accepted24, lastUsedAt } = tenant;
  if (tenant.status === "suspended") {
    return <Notice title="Suspended already">All of its calls are refused as it is.</Notice>;
  }
  const breaking = [
    liveTokens > 0 && counted(liveTokens, "live token", "live tokens"),
    liveClients > 0 && counted(liveClients, "client", "clients"),
  ].filter(Boolean);
  return (
    <Notice
      tone={lastUsedAt ? "caution" : "neutral"}
      title={
        lastUsedAt
          ? `${counted(accepted24, "call", "calls")} accepted in the last 24 hours`
          : "Never used"
      }
    >
      {lastUsedAt && (
        <>
          Last call: <Time at={lastUsedAt} />.{" "}
        </>
      )}
      {breaking.length > 0
        ? `${breaking.join(" and ")} ${liveTokens + liveClients === 1 ? "stops" : "stop"} working: every call is answered with 401.`
        : "It has no live token and no client."}
    </Notice>
  );
}
