import type { Metadata } from "next";
import { cookies } from "next/headers";
import { Prefetched } from "@/app/prefetched";
import { requireSession } from "@/app/session";
import { AccountPage } from "@/components/account/account-page";
import { QueryProvider } from "@/components/shell/providers";
import { TopFrame } from "@/components/shell/top-frame";
import { getAccount } from "@/lib/account/get";
import { accountQuery } from "@/lib/browser/account";
import { parseTheme, THEME_COOKIE } from "@/lib/browser/preferences";

export const metadata: Metadata = { title: "Account" };

export default async function Page() {
  const principal = await requireSession();
  const account = await getAccount(principal);
  const theme = parseTheme((await cookies()).get(THEME_COOKIE)?.value);
  return (
    <TopFrame
      staffRole={principal.staffRole}
      user={{ name: principal.name, email: principal.email }}
      theme={theme}
    >
      <QueryProvider>
        <Prefetched data={[[accountQuery().queryKey, account]]}>
          <AccountPage />
        </Prefetched>
      </QueryProvider>
    </TopFrame>
  );
}
