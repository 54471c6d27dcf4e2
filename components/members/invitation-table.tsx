"use client";
import { Ellipsis, MailX, Send } from "lucide-react";
import { IconButton } from "@/components/ui/button";
import { LabelText } from "@/components/ui/label-text";
import { Menu, MenuItem } from "@/components/ui/menu";
import { Table, TableBody, TableHead, TableRow, Td, Th } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { type Invitation, roleName } from "@/lib/browser/members";
import { useWithdraw } from "./use-people";

/** Invitations without an answer yet; nothing where there are none. */
export function InvitationTable({
  tenantId,
  invitations,
  canManage,
  onAgain,
}: {
  tenantId: string;
  invitations: Invitation[];
  canManage: boolean;
  onAgain: (invitation: Invitation) => void;
}) {
  const withdraw = useWithdraw(tenantId);
  if (invitations.length === 0) return null;
  return (
    <section aria-labelledby="invited" className="grid gap-2.5">
      <h2 id="invited" className="font-semibold text-base">
        Invited
      </h2>
      <Table label="Invited" className="table-fixed">
        <TableHead>
          <tr>
            <Th>E-mail</Th>
            <Th className="hidden w-28 sm:table-cell">Role</Th>
            <Th className="hidden w-44 md:table-cell">Invited by</Th>
            <Th className="hidden w-32 sm:table-cell">Link ends</Th>
            <Th className="w-13 pl-0">
              <span className="sr-only">Actions</span>
            </Th>
          </tr>
        </TableHead>
        <TableBody>
          {invitations.map((invitation) => (
            <TableRow key={invitation.id}>
              <Td as="th" className="text-left font-normal">
                <LabelText className="font-medium">{invitation.email}</LabelText>
                <span className="block text-muted text-sm sm:hidden">
                  {roleName[invitation.role]} · ends <Time at={invitation.expiresAt} />
                </span>
              </Td>
              <Td className="hidden sm:table-cell">{roleName[invitation.role]}</Td>
              <Td className="hidden md:table-cell">
                <LabelText className="text-muted">
                  {invitation.inviterName ?? "Command line"}
                </LabelText>
              </Td>
              <Td className="hidden sm:table-cell">
                <Time at={invitation.expiresAt} alone className="text-muted" />
              </Td>
              <Td className="pl-0 text-right">
                {canManage && (
                  <Menu
                    trigger={
                      <IconButton
                        label={`Actions for ${invitation.email}`}
                        size="sm"
                        tooltip={false}
                      >
                        <Ellipsis aria-hidden />
                      </IconButton>
                    }
                  >
                    <MenuItem icon={<Send aria-hidden />} onSelect={() => onAgain(invitation)}>
                      Invite again
                    </MenuItem>
                    <MenuItem
                      danger
                      icon={<MailX aria-hidden />}
                      onSelect={() => withdraw.mutate(invitation.id)}
                    >
                      Withdraw
                    </MenuItem>
                  </Menu>
                )}
              </Td>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </section>
  );
}
