"use client";
import { useQuery } from "@tanstack/react-query";
import { LoadFailure } from "@/components/shell/load-failure";
import { Card, KeyValues } from "@/components/ui/card";
import { LabelText } from "@/components/ui/label-text";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";
import { accountQuery } from "@/lib/browser/account";
import { PasswordForm } from "./password-form";
import { SessionsCard } from "./sessions-card";
import { TotpCard } from "./totp-card";

/** One's own account: who one is, password, second step, where one is signed in. */
export function AccountPage() {
  const account = useQuery(accountQuery());
  return (
    <>
      <PageHeader title="Account" description="How you sign in, and where you are signed in." />
      {account.isPending ? (
        <Skeleton className="h-80 rounded-lg" />
      ) : account.isError ? (
        <LoadFailure what="Your account" error={account.error} onRetry={() => account.refetch()} />
      ) : (
        <div className="grid gap-5">
          <Card title="You">
            <KeyValues
              items={[
                { label: "Name", value: <LabelText wrap>{account.data.name}</LabelText> },
                { label: "E-mail", value: <LabelText wrap>{account.data.email}</LabelText> },
              ]}
            />
          </Card>
          <PasswordForm account={account.data} />
          <TotpCard account={account.data} />
          <SessionsCard sessions={account.data.sessions} />
        </div>
      )}
    </>
  );
}
