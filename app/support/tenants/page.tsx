import type { Metadata } from "next";
import { Prefetched } from "@/app/prefetched";
import { requireStaff } from "@/app/session";
import { TenantsPage } from "@/components/support/tenants-page";
import { toParams } from "@/lib/browser/query";
import { parseTenantsLook, tenantsPageQuery } from "@/lib/browser/support";
import { pageTenants } from "@/lib/support/tenants";

export const metadata: Metadata = { title: "Tenants" };

export default async function Page({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const principal = await requireStaff();
  const look = parseTenantsLook(toParams(await searchParams));
  const page = await pageTenants(principal, look);
  return (
    <Prefetched data={[[tenantsPageQuery(look).queryKey, page]]}>
      <TenantsPage description="Every Tenant, with its calls in the last 24 hours. Each opens read-only." />
    </Prefetched>
  );
}
