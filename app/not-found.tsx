import type { Metadata } from "next";
import Link from "next/link";
import { PlainPage } from "@/components/shell/plain-page";
import { Button } from "@/components/ui/button";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <PlainPage
      title="There is nothing here"
      actions={
        <Button asChild>
          <Link href="/">Go to your Tenants</Link>
        </Button>
      }
    >
      <p>The address is wrong, or what it named is not yours to see.</p>
    </PlainPage>
  );
}
