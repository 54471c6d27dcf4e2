"use client";
import { useQuery } from "@tanstack/react-query";
import { UserPlus } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { LoadFailure } from "@/components/shell/load-failure";
import { useAct } from "@/components/shell/use-act";
import { Button } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { TableSkeleton } from "@/components/ui/skeleton";
import { type StaffMember, staffQuery } from "@/lib/browser/staff";
import { StaffTable } from "./staff-table";

const CreateDialog = dynamic(() => import("./create-dialog"));
const DisableDialog = dynamic(() => import("./disable-dialog"));
const ResetDialog = dynamic(() => import("./reset-dialog"));
const TotpResetDialog = dynamic(() => import("./totp-reset-dialog"));

export type StaffAct = "disable" | "reset" | "totp-reset";
type Open = { act: "create" } | { act: StaffAct; person: StaffMember } | null;

/** Accounts of support and operators. */
export function StaffPage({ userId, byMail }: { userId: string; byMail: boolean }) {
  const staff = useQuery(staffQuery());
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  useAct("create", () => setOpen({ act: "create" }));
  return (
    <>
      <PageHeader
        title="Staff accounts"
        description="People who look after all Tenants: support sees, an operator acts."
        actions={
          <Button
            variant="primary"
            icon={<UserPlus aria-hidden />}
            onClick={() => setOpen({ act: "create" })}
          >
            Add account
          </Button>
        }
      />
      {staff.isPending ? (
        <TableSkeleton label="Loading staff" rows={3} />
      ) : staff.isError ? (
        <LoadFailure
          what="The staff accounts"
          error={staff.error}
          onRetry={() => staff.refetch()}
        />
      ) : (
        <StaffTable
          staff={staff.data}
          userId={userId}
          onAct={(act, person) => setOpen({ act, person })}
        />
      )}
      {open?.act === "create" && <CreateDialog onClose={close} />}
      {open?.act === "disable" && <DisableDialog person={open.person} onClose={close} />}
      {open?.act === "reset" && (
        <ResetDialog person={open.person} byMail={byMail} onClose={close} />
      )}
      {open?.act === "totp-reset" && <TotpResetDialog person={open.person} onClose={close} />}
    </>
  );
}
