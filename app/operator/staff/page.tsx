import type { Metadata } from "next";
import { Prefetched } from "@/app/prefetched";
import { requireStaff } from "@/app/session";
import { StaffPage } from "@/components/staff/staff-page";
import { staffQuery } from "@/lib/browser/staff";
import { canMail } from "@/lib/mail/send";
import { listStaff } from "@/lib/users/list-staff";

export const metadata: Metadata = { title: "Staff accounts" };

export default async function Page() {
  const principal = await requireStaff("operator");
  const staff = await listStaff(principal);
  return (
    <Prefetched data={[[staffQuery().queryKey, staff]]}>
      <StaffPage userId={principal.userId} byMail={canMail()} />
    </Prefetched>
  );
}
