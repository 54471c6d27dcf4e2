import type { Metadata } from "next";
import { Prefetched } from "@/app/prefetched";
import { requireStaff } from "@/app/session";
import { KeysPage } from "@/components/operator/keys-page";
import { signingKeysQuery } from "@/lib/browser/operator";
import { listKeys } from "@/lib/keys/list";

export const metadata: Metadata = { title: "Signing keys" };

export default async function Page() {
  const principal = await requireStaff("operator");
  const keys = await listKeys(principal);
  return (
    <Prefetched data={[[signingKeysQuery.queryKey, keys]]}>
      <KeysPage />
    </Prefetched>
  );
}
