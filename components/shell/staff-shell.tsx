import type { ReactNode } from "react";
import { QueryProvider } from "@/components/shell/providers";
import type { Theme } from "@/lib/browser/preferences";
import { Frame } from "./frame";
import type { ShellUser } from "./user-menu";

/** What is around the pages of staff. */
export function StaffShell({
  title,
  staffRole,
  user,
  theme,
  children,
}: {
  title: string;
  staffRole: "support" | "operator";
  user: ShellUser;
  theme: Theme;
  children: ReactNode;
}) {
  return (
    <QueryProvider>
      <Frame place={{ staffRole }} title={title} user={user} theme={theme}>
        {children}
      </Frame>
    </QueryProvider>
  );
}
