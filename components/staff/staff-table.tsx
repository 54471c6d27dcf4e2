"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Ellipsis, KeyRound, ShieldOff, UserCheck, UserX } from "lucide-react";
import { LastSeen, TwoStep } from "@/components/people/last-seen";
import { Person } from "@/components/people/person";
import { failureText } from "@/components/tokens/failure";
import { Badge } from "@/components/ui/badge";
import { IconButton } from "@/components/ui/button";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import { EmptyState } from "@/components/ui/state";
import { Table, TableBody, TableHead, TableRow, Td, Th } from "@/components/ui/table";
import { toast } from "@/components/ui/toast";
import { visibleText } from "@/lib/browser/format";
import {
  type StaffMember,
  type StaffRole,
  staffQuery,
  staffRoleName,
  switchStaff,
} from "@/lib/browser/staff";
import type { StaffAct } from "./staff-page";

type OnAct = (act: StaffAct, person: StaffMember) => void;

/** The staff, with what can be done about each; nobody disables themselves. */
export function StaffTable({
  staff,
  userId,
  onAct,
}: {
  staff: StaffMember[];
  userId: string;
  onAct: OnAct;
}) {
  if (staff.length === 0) {
    return <EmptyState title="No staff accounts">Add one to let support in.</EmptyState>;
  }
  return (
    <Table label="Staff" className="table-fixed">
      <TableHead>
        <tr>
          <Th>Name</Th>
          <Th className="hidden w-28 sm:table-cell">Role</Th>
          <Th className="hidden w-28 md:table-cell">Two-step</Th>
          <Th className="hidden w-32 sm:table-cell">Last here</Th>
          <Th className="w-13 pl-0">
            <span className="sr-only">Actions</span>
          </Th>
        </tr>
      </TableHead>
      <TableBody>
        {staff.map((person) => (
          <TableRow key={person.id}>
            <Td as="th" className="text-left">
              <Person
                name={person.name}
                email={person.email}
                badge={
                  <>
                    {person.id === userId && <Badge tone="accent">You</Badge>}
                    {person.disabledAt && <Badge tone="caution">Disabled</Badge>}
                  </>
                }
              >
                <span className="text-sm sm:hidden">
                  {staffRoleName[person.staffRole as StaffRole]}
                </span>
              </Person>
            </Td>
            <Td className="hidden sm:table-cell">{staffRoleName[person.staffRole as StaffRole]}</Td>
            <Td className="hidden md:table-cell">
              <TwoStep on={person.totp} />
            </Td>
            <Td className="hidden sm:table-cell">
              <LastSeen at={person.lastSeenAt} />
            </Td>
            <Td className="pl-0 text-right">
              {person.id !== userId && <Actions person={person} onAct={onAct} />}
            </Td>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function Actions({ person, onAct }: { person: StaffMember; onAct: OnAct }) {
  const client = useQueryClient();
  const enable = useMutation({
    mutationFn: () => switchStaff(person.id, false),
    onSuccess: () => toast.success("Account enabled"),
    onError: (error) =>
      toast.error("The account was not enabled", { description: failureText(error) }),
    onSettled: () => client.invalidateQueries(staffQuery()),
  });
  return (
    <Menu
      trigger={
        <IconButton label={`Actions for ${visibleText(person.name)}`} size="sm" tooltip={false}>
          <Ellipsis aria-hidden />
        </IconButton>
      }
    >
      {person.disabledAt ? (
        <MenuItem icon={<UserCheck aria-hidden />} onSelect={() => enable.mutate()}>
          Enable
        </MenuItem>
      ) : (
        <>
          <MenuItem icon={<KeyRound aria-hidden />} onSelect={() => onAct("reset", person)}>
            Link for a new password
          </MenuItem>
          {person.totp && (
            <MenuItem icon={<ShieldOff aria-hidden />} onSelect={() => onAct("totp-reset", person)}>
              Turn off two-step sign-in
            </MenuItem>
          )}
          <MenuSeparator />
          <MenuItem danger icon={<UserX aria-hidden />} onSelect={() => onAct("disable", person)}>
            Disable
          </MenuItem>
        </>
      )}
    </Menu>
  );
}
