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
import { type Invitation, type Member, peopleQuery } from "@/lib/browser/members";
import { InvitationTable } from "./invitation-table";
import { MemberTable } from "./member-table";

const InviteDialog = dynamic(() => import("./invite-dialog"));
const RemoveDialog = dynamic(() => import("./remove-dialog"));

type Open =
  | { act: "invite"; again?: Pick<Invitation, "email" | "role"> }
  | { act: "remove"; member: Member }
  | null;

/** Who belongs to a Tenant; admins invite, change roles and remove. */
export function MembersPage({
  tenant,
  userId,
  canManage,
}: {
  tenant: { id: string; name: string };
  /** Who looks at it. */
  userId: string;
  canManage: boolean;
}) {
  const people = useQuery(peopleQuery(tenant.id));
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  useAct("invite", () => setOpen({ act: "invite" }), canManage);
  return (
    <>
      <PageHeader
        title="Members"
        description="People who may look at this Tenant here, and what they may change."
        actions={
          canManage && (
            <Button
              variant="primary"
              icon={<UserPlus aria-hidden />}
              onClick={() => setOpen({ act: "invite" })}
            >
              Invite
            </Button>
          )
        }
      />
      {people.isPending ? (
        <TableSkeleton label="Loading members" rows={4} />
      ) : people.isError ? (
        <LoadFailure what="The members" error={people.error} onRetry={() => people.refetch()} />
      ) : (
        <div className="grid gap-7">
          <MemberTable
            tenantId={tenant.id}
            members={people.data.members}
            userId={userId}
            canManage={canManage}
            onRemove={(member) => setOpen({ act: "remove", member })}
          />
          <InvitationTable
            tenantId={tenant.id}
            invitations={people.data.invitations}
            canManage={canManage}
            onAgain={(again) => setOpen({ act: "invite", again })}
          />
        </div>
      )}
      {open?.act === "invite" && (
        <InviteDialog tenant={tenant} again={open.again} onClose={close} />
      )}
      {open?.act === "remove" && (
        <RemoveDialog
          tenant={tenant}
          member={open.member}
          leaving={open.member.userId === userId}
          onClose={close}
        />
      )}
    </>
  );
}
