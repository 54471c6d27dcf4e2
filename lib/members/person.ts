import type { Origin, UserPrincipal } from "@/lib/principal";

/** Somebody who acts on their own account before they are signed in: for audit events. */
export const personPrincipal = (
  origin: Origin,
  person: { id: string; email: string },
): UserPrincipal => ({
  kind: "user",
  userId: person.id,
  email: person.email,
  name: person.email,
  staffRole: null,
  memberships: [],
  sessionId: "",
  origin,
});
