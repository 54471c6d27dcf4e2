import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { Prefetched } from "@/app/prefetched";
import { requireMember } from "@/app/session";
import { TokenPage } from "@/components/token/token-page";
import { pageEvents } from "@/lib/audit/page";
import { auditPageQuery } from "@/lib/browser/audit";
import { visibleText } from "@/lib/browser/format";
import { toParams } from "@/lib/browser/query";
import { tokenQuery } from "@/lib/browser/tokens";
import { parseUsageLook, refusedCallsQuery, tokenUsageQuery } from "@/lib/browser/usage";
import { isAppError } from "@/lib/errors";
import { idFromPath } from "@/lib/ids";
import type { UserPrincipal } from "@/lib/principal";
import { settings } from "@/lib/settings";
import { getTokenDetail } from "@/lib/tokens/detail";
import type { TokenDetail } from "@/lib/tokens/schema";
import { getCredentialPeriod } from "@/lib/usage/credential-period";
import { listRefusedSources } from "@/lib/usage/refused-sources";

type Props = {
  params: Promise<{ entityId: string; tokenId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { entityId, tokenId } = await params;
  const { principal, tenant } = await requireMember(entityId);
  return { title: visibleText((await tokenOf(principal, tenant.id, tokenId)).name) };
}

export default async function Page({ params, searchParams }: Props) {
  const { entityId, tokenId } = await params;
  const { principal, tenant, standing } = await requireMember(entityId);
  const token = await tokenOf(principal, tenant.id, tokenId);
  const of = { tenantId: tenant.id, credentialId: token.id };
  const look = parseUsageLook(toParams(await searchParams));
  const { period = "24h" } = look;
  const [usage, refused, trail] = await Promise.all([
    getCredentialPeriod(principal, { ...of, period }),
    listRefusedSources(principal, of),
    pageEvents(principal, { tenantId: tenant.id, target: token.id }),
  ]);
  return (
    <Prefetched
      data={[
        [tokenQuery(tenant.id, token.id).queryKey, token],
        [tokenUsageQuery(tenant.id, token.id, look).queryKey, usage],
        [refusedCallsQuery(tenant.id, token.id).queryKey, refused],
        [auditPageQuery(tenant.id, { target: token.id }).queryKey, trail],
      ]}
    >
      <TokenPage
        tenant={{ id: tenant.id, sid: tenant.sid }}
        tokenId={token.id}
        canManage={standing === "admin"}
        verifyUrl={`${settings().publicUrl}/up/v5/verify`}
      />
    </Prefetched>
  );
}

/** The token, read once for a request. An unknown one and another Tenant's are the same 404. */
const tokenOf = cache(
  async (principal: UserPrincipal, tenantId: string, id: string): Promise<TokenDetail> => {
    try {
      return await getTokenDetail(principal, { tenantId, tokenId: idFromPath(id, "token") });
    } catch (error) {
      if (isAppError(error) && error.code === "not_found") notFound();
      throw error;
    }
  },
);
