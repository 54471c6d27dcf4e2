import type { Metadata } from "next";
import { cookies } from "next/headers";
import { Prefetched } from "@/app/prefetched";
import { requireStaff } from "@/app/session";
import { QueryProvider } from "@/components/shell/providers";
import { TopFrame } from "@/components/shell/top-frame";
import { StaffPage } from "@/components/staff/staff-page";
import { parseTheme, THEME_COOKIE } from "@/lib/browser/preferences";
import { staffQuery } from "@/lib/browser/staff";
import { listStaff } from "@/lib/users/list-staff";

export const metadata: Metadata = { title: "Staff" };

export default async function Page() {
  const principal = await requireStaff("operator");
  const staff = await listStaff(principal);
  const theme = parseTheme((await cookies()).get(THEME_COOKIE)?.value);
  return (
    <TopFrame user={{ name: principal.name, email: principal.email }} theme={theme}>
      <QueryProvider>
        <Prefetched data={[[staffQuery().queryKey, staff]]}>
          <StaffPage userId={principal.userId} />
        </Prefetched>
      </QueryProvider>
    </TopFrame>
  );
}
