import { index, integer, pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "./columns";

/** Recent sign-in attempts by account and by address, counted for all instances together. */
export const signInAttempts = pgTable(
  "sign_in_attempts",
  {
    /** `account:` or `address:`, then which. */
    key: text("key").primaryKey(),
    count: integer("count").notNull(),
    resetsAt: instant("resets_at").notNull(),
  },
  (t) => [index("sign_in_attempts_resets_idx").on(t.resetsAt)],
);
