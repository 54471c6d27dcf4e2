import type { Metadata } from "next";
import { Prefetched } from "@/app/prefetched";
import { requireStaff } from "@/app/session";
import { SearchPage } from "@/components/support/search-page";
import { toParams } from "@/lib/browser/query";
import { mayBeInUrl, supportSearchQuery } from "@/lib/browser/support";
import { searchSupport } from "@/lib/support/search";

export const metadata: Metadata = { title: "Search" };

export default async function Page({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const principal = await requireStaff();
  const query = toParams(await searchParams).get("q") ?? "";
  const shared = mayBeInUrl(query) ? query.trim() : "";
  const found = shared ? await searchSupport(principal, { query: shared }) : undefined;
  return (
    <Prefetched data={found ? [[supportSearchQuery(shared).queryKey, found]] : []}>
      <SearchPage />
    </Prefetched>
  );
}
