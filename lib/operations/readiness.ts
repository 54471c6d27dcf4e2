import { migrationsAreCurrent } from "@/db/client";
import { AppError } from "@/lib/errors";

/** Passes where the database answers and its schema is ours. @throws AppError `database_unavailable` */
export async function checkReadiness(): Promise<void> {
  if (await migrationsAreCurrent()) return;
  throw new AppError("database_unavailable", "The database's migrations are not current.", {
    retryAfter: 1,
  });
}
