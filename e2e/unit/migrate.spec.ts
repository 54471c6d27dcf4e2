import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { createFacade } from "@/db/facade";
import { migrate, migrationsCurrent } from "@/db/migrate";
import { createDatabase, dropDatabase, query } from "../support/database";

test.describe("migrate", () => {
  let url: string;
  test.beforeEach(async () => {
    url = await createDatabase("template0");
  });
  test.afterEach(() => dropDatabase(url));

  test("ten at once on an empty database: each migration once, and it says so", async () => {
    const facade = createFacade(url, { max: 1 });
    expect(await migrationsCurrent(facade)).toBe(false);
    await Promise.all(Array.from({ length: 10 }, () => migrate(url)));
    expect(await migrationsCurrent(facade)).toBe(true);
    const journal = JSON.parse(readFileSync("db/migrations/meta/_journal.json", "utf8"));
    const [row] = await query(
      url,
      (sql) => sql`select count(*)::int as n from drizzle.__drizzle_migrations`,
    );
    expect(row?.n).toBe(journal.entries.length);
    await facade.end();
  });

  test("a later release's migrations do not make this one unready; a missing one does", async () => {
    const facade = createFacade(url, { max: 1 });
    await migrate(url);
    await facade.unsafe(
      "insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', 9e12)",
    );
    expect(await migrationsCurrent(facade)).toBe(true);
    await facade.unsafe("delete from drizzle.__drizzle_migrations where created_at > 0");
    expect(await migrationsCurrent(facade)).toBe(false);
    await facade.end();
  });

  test("a database that can't be reached is said to be unavailable", async () => {
    const nowhere = new URL(url);
    nowhere.port = "1";
    await expect(migrate(nowhere.href)).rejects.toMatchObject({
      code: "database_unavailable",
      outcomeUnknown: false,
    });
  });
});
