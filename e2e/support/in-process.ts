import { randomBytes } from "node:crypto";
import { test } from "@playwright/test";
import { v7 as uuidv7 } from "uuid";
import { closeDatabase } from "@/db/client";
import type { Principal } from "@/lib/principal";
import { provisionTenant } from "@/lib/tenants/provision";
import { createDatabase, dropDatabase, query } from "./database";

// What goes wrong on purpose is no news.
process.env.LOG_LEVEL ??= "silent";

/** The product itself, for verbs that a test calls in its own process. */
export const service: Principal = {
  kind: "service",
  name: "test",
  origin: { requestId: "test", address: null, userAgent: null },
};

/** Opens a database for the verbs of this process, for the tests of one file. */
export function openDatabase() {
  let url = "";
  test.beforeAll(async () => {
    url = await createDatabase();
    process.env.DATABASE_URL = url;
    process.env.BROKER_SECRET_KEY = randomBytes(32).toString("base64");
  });
  test.afterAll(async () => {
    await closeDatabase();
    await dropDatabase(url);
  });
  return {
    url: () => url,
    /** Looks into it as its owner, past all walls. */
    query: <T>(ask: Parameters<typeof query<T>>[1]) => query(url, ask),
    /** A Tenant of the test's own. */
    tenant: async () => {
      const id = uuidv7();
      const made = await provisionTenant(service, {
        id,
        name: `Tenant ${id.slice(-4)}`,
        email: "it@tenant.example",
      });
      return { id, tokenId: made.defaultToken.id, secret: made.defaultToken.secret };
    },
  };
}
