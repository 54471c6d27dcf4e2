"use client";
import { LastSeen, TwoStep } from "@/components/people/last-seen";
import { Person } from "@/components/people/person";
import { Badge } from "@/components/ui/badge";
import { EmptyState } from "@/components/ui/state";
import { Table, TableBody, TableHead, TableRow, Td, Th } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { type Member, roleName } from "@/lib/browser/members";
import { MemberActions } from "./member-actions";

/** The members; acts only for who may. Anybody may leave. */
export function MemberTable({
  tenantId,
  members,
  userId,
  canManage,
  onRemove,
}: {
  tenantId: string;
  members: Member[];
  userId: string;
  canManage: boolean;
  onRemove: (member: Member) => void;
}) {
  if (members.length === 0) {
    return (
      <EmptyState title="Nobody belongs to this Tenant">
        An operator can add its first admin on the command line:{" "}
        <code>npm run broker -- users create --tenant {tenantId} --role admin --email …</code>
      </EmptyState>
    );
  }
  return (
    <Table label="Members" className="table-fixed">
      <TableHead>
        <tr>
          <Th>Name</Th>
          <Th className="hidden w-28 sm:table-cell">Role</Th>
          <Th className="hidden w-28 lg:table-cell">Two-step</Th>
          <Th className="hidden w-32 sm:table-cell">Last here</Th>
          <Th className="hidden w-32 md:table-cell">Member since</Th>
          <Th className="w-13 pl-0">
            <span className="sr-only">Actions</span>
          </Th>
        </tr>
      </TableHead>
      <TableBody>
        {members.map((member) => (
          <TableRow key={member.userId}>
            <Td as="th" className="text-left">
              <Person
                name={member.name}
                email={member.email}
                badge={
                  <>
                    {member.userId === userId && <Badge tone="accent">You</Badge>}
                    {member.disabled && <Badge tone="caution">Disabled</Badge>}
                  </>
                }
              >
                <span className="text-sm sm:hidden">{roleName[member.role]}</span>
              </Person>
            </Td>
            <Td className="hidden sm:table-cell">{roleName[member.role]}</Td>
            <Td className="hidden lg:table-cell">
              <TwoStep on={member.totp} />
            </Td>
            <Td className="hidden sm:table-cell">
              <LastSeen at={member.lastSeenAt} />
            </Td>
            <Td className="hidden md:table-cell">
              <Time at={member.createdAt} as="date" className="text-muted" />
            </Td>
            <Td className="pl-0 text-right">
              {(canManage || member.userId === userId) && (
                <MemberActions
                  tenantId={tenantId}
                  member={member}
                  self={member.userId === userId}
                  canManage={canManage}
                  onRemove={() => onRemove(member)}
                />
              )}
            </Td>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
