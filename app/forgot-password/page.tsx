import type { Metadata } from "next";
import { ForgotPassword } from "@/components/links/forgot-password";
import { canMail } from "@/lib/mail/send";

export const metadata: Metadata = { title: "Forgot your password?" };
export const dynamic = "force-dynamic";

export default function Page() {
  return <ForgotPassword byMail={canMail()} />;
}
