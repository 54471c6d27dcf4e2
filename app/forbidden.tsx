import type { Metadata } from "next";
import Link from "next/link";
import { PlainPage } from "@/components/shell/plain-page";
import { Button } from "@/components/ui/button";

export const metadata: Metadata = { title: "No access" };

export default function Forbidden() {
  return (
    <PlainPage
      title="You don't have access to this page"
      actions={
        <Button asChild>
          <Link href="/">Go to your Tenants</Link>
        </Button>
      }
    >
      <p>Your role doesn't include it. An admin of the Tenant, or an operator, can change that.</p>
    </PlainPage>
  );
}
