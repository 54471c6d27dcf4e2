import { migrationsAreCurrent, pingDatabase } from "@/db/client";
import { AppError } from "@/lib/errors";
import { isStopping } from "@/lib/operations/stopping";

/**
 * Passes where this process goes on, the database answers and its schema is ours.
 * @throws AppError `stopping`, `database_unavailable`
 */
export async function checkReadiness(): Promise<void> {
  if (isStopping()) {
    throw new AppError("stopping", "This instance is about to stop.", { retryAfter: 1 });
  }
  if (await migrationsAreCurrent()) return;
  throw new AppError("database_unavailable", "The database's migrations are not current.", {
    retryAfter: 1,
  });
}

/** Whether the database answers just now. */
export const databaseAnswers = (): Promise<boolean> =>
  pingDatabase().then(
    () => true,
    () => false,
  );
