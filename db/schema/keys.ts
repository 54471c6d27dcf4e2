import { jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { bytea, instant } from "./columns";

/** ES256 signing keys. The private half is AES-256-GCM ciphertext under the secret key. */
export const signingKeys = pgTable("signing_keys", {
  kid: text("kid").primaryKey(),
  publicJwk: jsonb("public_jwk").$type<Record<string, string>>().notNull(),
  privateCiphertext: bytea("private_ciphertext").notNull(),
  createdAt: instant("created_at").notNull().defaultNow(),
  signsFrom: instant("signs_from").notNull(),
  signsUntil: instant("signs_until"),
  publishedUntil: instant("published_until"),
});
