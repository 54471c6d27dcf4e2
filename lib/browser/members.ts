import { queryOptions } from "@tanstack/react-query";
import { call } from "@/lib/browser/http";
import type {
  Invitation,
  InviteInput,
  Member,
  MemberRole,
  OpenInvitation,
  People,
  SentInvitation,
} from "@/lib/members/schema";

export type { Invitation, Member, MemberRole, OpenInvitation, People, SentInvitation };

const path = (tenantId: string) => `/api/tenants/${tenantId}`;

/** Who belongs to a Tenant, and who was invited. */
export const peopleQuery = (tenantId: string) =>
  queryOptions({
    queryKey: ["tenants", tenantId, "members"],
    queryFn: ({ signal }) => call<People>("GET", `${path(tenantId)}/members`, { signal }),
  });

export const inviteMember = (tenantId: string, input: InviteInput) =>
  call<SentInvitation>("POST", `${path(tenantId)}/invitations`, { body: input });

export const withdrawInvitation = (tenantId: string, invitationId: string) =>
  call<unknown>("DELETE", `${path(tenantId)}/invitations/${invitationId}`);

export const changeRole = (tenantId: string, userId: string, role: MemberRole) =>
  call<unknown>("PATCH", `${path(tenantId)}/members/${userId}`, { body: { role } });

export const removeMember = (tenantId: string, userId: string) =>
  call<unknown>("DELETE", `${path(tenantId)}/members/${userId}`);

/** What each role may do, in a sentence. */
export const roleMeaning: Record<MemberRole, string> = {
  admin: "Issues, replaces and revokes tokens, manages members and settings",
  viewer: "Sees everything, changes nothing, is shown no secret",
};
export const roleName: Record<MemberRole, string> = { admin: "Admin", viewer: "Viewer" };
