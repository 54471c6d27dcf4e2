import type { Metadata } from "next";
import { Prefetched } from "@/app/prefetched";
import { requireStaff } from "@/app/session";
import { OperatorPage } from "@/components/operator/operator-page";
import { toParams } from "@/lib/browser/query";
import { parseTenantsLook, tenantsPageQuery } from "@/lib/browser/support";
import { settings } from "@/lib/settings";
import { pageTenants } from "@/lib/support/tenants";

export const metadata: Metadata = { title: "Tenants" };

export default async function Page({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const principal = await requireStaff("operator");
  const look = parseTenantsLook(toParams(await searchParams));
  const page = await pageTenants(principal, look);
  return (
    <Prefetched data={[[tenantsPageQuery(look).queryKey, page]]}>
      <OperatorPage verifyUrl={`${settings().publicUrl}/up/v5/verify`} />
    </Prefetched>
  );
}
