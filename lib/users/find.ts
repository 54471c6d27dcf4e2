import type { Transaction } from "@/db/client";
import { findUser, findUserByEmail, type UserRow } from "@/db/queries/users";
import { notFound } from "@/lib/errors";

/** A user by what is at hand: the e-mail on the command line, the id in the portal. */
export type WhichUser = { email: string } | { userId: string };

/** @throws AppError `not_found` */
export async function findPerson(tx: Transaction, which: WhichUser): Promise<UserRow> {
  const user =
    "email" in which ? await findUserByEmail(tx, which.email) : await findUser(tx, which.userId);
  if (!user) throw notFound("user");
  return user;
}
