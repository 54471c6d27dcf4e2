import type { Metadata } from "next";
import { Prefetched } from "@/app/prefetched";
import { requireMember } from "@/app/session";
import { TokensPage } from "@/components/tokens/tokens-page";
import { toParams } from "@/lib/browser/query";
import { parseTokenView, tokenPageQuery } from "@/lib/browser/tokens";
import { settings } from "@/lib/settings";
import { pageTokens } from "@/lib/tokens/page";

export const metadata: Metadata = { title: "Tokens" };

export default async function Page({
  params,
  searchParams,
}: {
  params: Promise<{ entityId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { entityId } = await params;
  const { principal, tenant, standing } = await requireMember(entityId);
  const view = parseTokenView(toParams(await searchParams));
  const page = await pageTokens(principal, { ...view, tenantId: tenant.id });
  return (
    <Prefetched data={[[tokenPageQuery(tenant.id, view).queryKey, page]]}>
      <TokensPage
        tenant={{ id: tenant.id, isMaster: tenant.isMaster }}
        canManage={standing === "admin"}
        verifyUrl={`${settings().publicUrl}/up/v5/verify`}
      />
    </Prefetched>
  );
}
