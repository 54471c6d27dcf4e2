import type { SourceRow } from "@/db/queries/usage";
import type { UsageSource } from "@/lib/usage/schema";

/** A stored source as the product speaks of it: what was not known is null. */
export const toSource = (row: SourceRow): UsageSource => ({
  ...row,
  address: row.address || null,
  userAgent: row.userAgent || null,
});
