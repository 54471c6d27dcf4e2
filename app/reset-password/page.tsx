import type { Metadata } from "next";
import { ResetPassword } from "@/components/links/reset-password";

export const metadata: Metadata = { title: "Set a new password", referrer: "no-referrer" };

export default function Page() {
  return <ResetPassword />;
}
