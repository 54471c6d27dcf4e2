import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { currentUser } from "@/app/session";
import { Mark } from "@/components/shell/mark";
import { SignInForm } from "@/components/sign-in/sign-in-form";
import { localPath } from "@/lib/browser/session";
import { providerName } from "@/lib/sessions/provider";

export const metadata: Metadata = { title: "Sign in" };

const notices: Record<string, string> = {
  CredentialsSignin: "E-mail and password don't match.",
  SessionRequired: "Sign in first.",
  unknown_account: "This account is not known here. Ask an admin of your Tenant for an invitation.",
  unverified_email:
    "Your sign-in provider doesn't vouch for your e-mail address. Verify it there, then try again.",
  account_disabled: "This account is disabled. Ask an operator to enable it.",
  linked_otherwise:
    "Another account at your sign-in provider is linked to this e-mail address. Sign in with that one, or with your password.",
  unavailable: "Signing in isn't possible right now. Try again in a moment.",
  OAuthSignin: "The sign-in provider can't be reached right now.",
  OAuthCallback: "The sign-in provider's answer could not be accepted. Try again.",
  Callback: "The sign-in provider's answer could not be accepted. Try again.",
};

export default async function SignInPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { callbackUrl, error } = await searchParams;
  const returnTo = typeof callbackUrl === "string" ? localPath(callbackUrl) : "/";
  if (await currentUser()) redirect(returnTo);
  const notice =
    typeof error === "string" ? (notices[error] ?? "Signing in failed. Try again.") : undefined;
  return (
    <main className="mx-auto grid min-h-dvh w-full max-w-96 content-start gap-6 px-4 pt-[14vh] pb-8">
      <div className="grid gap-3">
        <Mark className="size-8" />
        <div>
          <h1 className="font-semibold text-lg">Sign in</h1>
          <p className="text-muted">ServiceBroker Access</p>
        </div>
      </div>
      <SignInForm returnTo={returnTo} notice={notice} provider={providerName()} />
    </main>
  );
}
