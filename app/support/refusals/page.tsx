import type { Metadata } from "next";
import { Prefetched } from "@/app/prefetched";
import { requireStaff } from "@/app/session";
import { RefusalsPage } from "@/components/support/refusals-page";
import { toParams } from "@/lib/browser/query";
import { parseRefusalLook, refusalFilterOf, refusalsPageQuery } from "@/lib/browser/support";
import { pageRefusals } from "@/lib/support/refusals";

export const metadata: Metadata = { title: "Refused calls" };

export default async function Page({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const principal = await requireStaff();
  const look = parseRefusalLook(toParams(await searchParams));
  const page = await pageRefusals(principal, refusalFilterOf(look, Date.now()));
  return (
    <Prefetched data={[[refusalsPageQuery(look).queryKey, page]]}>
      <RefusalsPage />
    </Prefetched>
  );
}
