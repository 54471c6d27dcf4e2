import type { Metadata } from "next";
import { Prefetched } from "@/app/prefetched";
import { requireMember } from "@/app/session";
import { OverviewPage } from "@/components/overview/overview-page";
import { overviewQuery } from "@/lib/browser/tenants";
import { getOverview } from "@/lib/tenants/overview";

export const metadata: Metadata = { title: "Overview" };

export default async function Page({ params }: { params: Promise<{ entityId: string }> }) {
  const { entityId } = await params;
  const { principal, tenant } = await requireMember(entityId);
  const overview = await getOverview(principal, { tenantId: tenant.id });
  return (
    <Prefetched data={[[overviewQuery(tenant.id).queryKey, overview]]}>
      <OverviewPage tenantId={tenant.id} />
    </Prefetched>
  );
}
