import type { Metadata } from "next";
import { Prefetched } from "@/app/prefetched";
import { requireMember } from "@/app/session";
import { MembersPage } from "@/components/members/members-page";
import { peopleQuery } from "@/lib/browser/members";
import { listPeople } from "@/lib/members/list";

export const metadata: Metadata = { title: "Members" };

export default async function Page({ params }: { params: Promise<{ entityId: string }> }) {
  const { entityId } = await params;
  const { principal, tenant, standing } = await requireMember(entityId);
  const people = await listPeople(principal, { tenantId: tenant.id });
  return (
    <Prefetched data={[[peopleQuery(tenant.id).queryKey, people]]}>
      <MembersPage
        tenant={{ id: tenant.id, name: tenant.name }}
        userId={principal.userId}
        canManage={standing === "admin"}
      />
    </Prefetched>
  );
}
