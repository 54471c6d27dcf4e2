import type { ReactNode } from "react";
import { StaffFrame } from "@/app/staff-frame";

export default function OperatorLayout({ children }: { children: ReactNode }) {
  return (
    <StaffFrame standing="operator" title="Operator">
      {children}
    </StaffFrame>
  );
}
