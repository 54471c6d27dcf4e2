import type { Metadata } from "next";
import { AcceptInvitation } from "@/components/links/accept-invitation";
import { providerName } from "@/lib/sessions/provider";

export const metadata: Metadata = { title: "Accept an invitation", referrer: "no-referrer" };
// Settings are read when it runs, not when it is built.
export const dynamic = "force-dynamic";

export default function Page() {
  return <AcceptInvitation provider={providerName()} />;
}
