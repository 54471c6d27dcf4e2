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
  return (
    <Notice
      tone={lastUsedAt ? "caution" : "neutral"}
      title={
        lastUsedAt ? (
          <>
            {counted(accepted24, "call", "calls")} accepted in the last 24 hours, the last{" "}
            <Time at={lastUsedAt} />
          </>
        ) : (
          "Never used"
        )
      }
    >
      {counted(liveTokens, "live token", "live tokens")} and{" "}
      {counted(liveClients, "client", "clients")} stop working: every call is answered with 401.
    </Notice>
  );
}
