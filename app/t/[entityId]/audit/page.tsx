import type { Metadata } from "next";
import { Prefetched } from "@/app/prefetched";
import { requireMember } from "@/app/session";
import { AuditPage } from "@/components/audit/audit-page";
import { listActors } from "@/lib/audit/actors";
import { pageEvents } from "@/lib/audit/page";
import {
  auditActorsQuery,
  auditFilterOf,
  auditPageQuery,
  parseAuditLook,
} from "@/lib/browser/audit";
import { toParams } from "@/lib/browser/query";

export const metadata: Metadata = { title: "Audit" };

export default async function Page({
  params,
  searchParams,
}: {
  params: Promise<{ entityId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { entityId } = await params;
  const { principal, tenant } = await requireMember(entityId);
  const tenantId = tenant.id;
  const look = parseAuditLook(toParams(await searchParams));
  const { after, before } = look;
  const [page, actors] = await Promise.all([
    pageEvents(principal, { ...auditFilterOf(look, Date.now()), after, before, tenantId }),
    listActors(principal, { tenantId }),
  ]);
  return (
    <Prefetched
      data={[
        [auditPageQuery(tenantId, look).queryKey, page],
        [auditActorsQuery(tenantId).queryKey, actors],
      ]}
    >
      <AuditPage tenantId={tenantId} />
    </Prefetched>
  );
}
