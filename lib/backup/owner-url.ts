import { settings } from "@/lib/settings";

/** The database's address for a login that owns the tables. */
export const ownerUrl = (): string =>
  settings().DATABASE_OWNER_URL ?? (process.env.DATABASE_URL as string);
