import type { Metadata } from "next";
import { Prefetched } from "@/app/prefetched";
import { requireMember } from "@/app/session";
import { OverviewPage } from "@/components/overview/overview-page";
import { toParams } from "@/lib/browser/query";
import { overviewQuery } from "@/lib/browser/tenants";
import { parseUsageLook, tenantUsageQuery } from "@/lib/browser/usage";
import { getOverview } from "@/lib/tenants/overview";
import { getTenantUsage } from "@/lib/usage/tenant";

export const metadata: Metadata = { title: "Overview" };

export default async function Page({
  params,
  searchParams,
}: {
  params: Promise<{ entityId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { entityId } = await params;
  const { principal, tenant } = await requireMember(entityId);
  const look = parseUsageLook(toParams(await searchParams));
  const { period = "24h" } = look;
  const [overview, usage] = await Promise.all([
    getOverview(principal, { tenantId: tenant.id }),
    getTenantUsage(principal, { tenantId: tenant.id, period }),
  ]);
  return (
    <Prefetched
      data={[
        [overviewQuery(tenant.id).queryKey, overview],
        [tenantUsageQuery(tenant.id, look).queryKey, usage],
      ]}
    >
      <OverviewPage tenantId={tenant.id} />
    </Prefetched>
  );
}
