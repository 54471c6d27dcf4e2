import type { UserRow } from "@/db/queries/users";
import type { User } from "@/lib/users/schema";

/** A stored user as the product speaks of them. */
export function toUser(row: UserRow): User {
  return {
    ...row,
    createdAt: row.createdAt.toISOString(),
    disabledAt: row.disabledAt?.toISOString() ?? null,
  };
}
