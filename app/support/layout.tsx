import type { ReactNode } from "react";
import { StaffFrame } from "@/app/staff-frame";

export default function SupportLayout({ children }: { children: ReactNode }) {
  return (
    <StaffFrame standing="support" title="Support">
      {children}
    </StaffFrame>
  );
}
