"use client";
import { Ellipsis, LogOut, UserMinus } from "lucide-react";
import { IconButton } from "@/components/ui/button";
import { Menu, MenuChoice, MenuItem, MenuSeparator } from "@/components/ui/menu";
import { visibleText } from "@/lib/browser/format";
import { type Member, type MemberRole, roleName } from "@/lib/browser/members";
import { useChangeRole } from "./use-people";

const roles: MemberRole[] = ["admin", "viewer"];

/** What can be done about a member. */
export function MemberActions({
  tenantId,
  member,
  self,
  canManage,
  onRemove,
}: {
  tenantId: string;
  member: Member;
  self: boolean;
  canManage: boolean;
  onRemove: () => void;
}) {
  const change = useChangeRole(tenantId);
  return (
    <Menu
      trigger={
        <IconButton label={`Actions for ${visibleText(member.name)}`} size="sm" tooltip={false}>
          <Ellipsis aria-hidden />
        </IconButton>
      }
    >
      {canManage && (
        <>
          <MenuChoice
            label="Role"
            value={member.role}
            onValueChange={(role) =>
              role !== member.role && change.mutate({ userId: member.userId, role })
            }
            options={roles.map((role) => ({ value: role, label: roleName[role] }))}
          />
          <MenuSeparator />
        </>
      )}
      <MenuItem
        danger
        icon={self ? <LogOut aria-hidden /> : <UserMinus aria-hidden />}
        onSelect={onRemove}
      >
        {self ? "Leave this Tenant" : "Remove"}
      </MenuItem>
    </Menu>
  );
}
