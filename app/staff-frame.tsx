import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { requireStaff } from "@/app/session";
import { StaffShell } from "@/components/shell/staff-shell";
import { parseTheme, THEME_COOKIE } from "@/lib/browser/preferences";

/**
 * The frame of staff's pages. It demands the role before anything is sent, so that a refusal has
 * its status; each page demands it again, since layouts do not run on every navigation.
 */
export async function StaffFrame({
  standing,
  title,
  children,
}: {
  standing: "support" | "operator";
  title: string;
  children: ReactNode;
}) {
  const principal = await requireStaff(standing);
  const theme = parseTheme((await cookies()).get(THEME_COOKIE)?.value);
  return (
    <StaffShell
      title={title}
      staffRole={principal.staffRole ?? standing}
      user={{ name: principal.name, email: principal.email }}
      theme={theme}
    >
      {children}
    </StaffShell>
  );
}
