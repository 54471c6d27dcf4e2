import { randomBytes } from "node:crypto";
import { expect, test } from "@playwright/test";
import { v7 as uuidv7 } from "uuid";
import { openDatabase, service } from "@/e2e/support/in-process";
import { sweepExpired } from "@/lib/operations/housekeeping";
import { createUser } from "@/lib/users/create";

const database = openDatabase();

test.describe("sweeping up what has expired", () => {
  test("takes old answers, links, sessions and counts, leaves what is in use, and each person's last session", async () => {
    const { id: tenantId } = await database.tenant();
    const email = `${randomBytes(5).toString("hex")}@tenant.example`;
    const { user } = await createUser(service, { email, name: "Person", tenantId, role: "admin" });
    const ids = { newest: uuidv7(), older: uuidv7(), oldest: uuidv7(), link: uuidv7() };
    await database.query(async (sql) => {
      for (const [id, days] of [
        [ids.newest, 40],
        [ids.older, 50],
        [ids.oldest, 60],
      ] as const) {
        await sql`
          insert into sessions (id, session_hash, user_id, last_seen_at, expires_at)
          values (${id}, ${randomBytes(32)}, ${user.id}, now() - ${days} * interval '1 day',
            now() - ${days} * interval '1 day')`;
      }
      for (const [id, ago] of [
        [ids.link, "29 days"],
        [uuidv7(), "31 days"],
      ] as const) {
        await sql`
          insert into one_time_links (id, kind, link_hash, email, expires_at)
          values (${id}, 'password-reset', ${randomBytes(32)}, ${email}, now() - ${ago}::interval)`;
      }
      for (const ago of ["23 hours", "25 hours"]) {
        await sql`
          insert into idempotent_calls (tenant_id, key_hash, request_hash, created_at)
          values (${tenantId}, ${randomBytes(32)}, ${randomBytes(32)}, now() - ${ago}::interval)`;
      }
      await sql`
        insert into sign_in_attempts (key, count, resets_at) values
          ('account:old', 3, now() - interval '1 second'), ('account:now', 3, now() + interval '1 hour')`;
    });
    expect(await sweepExpired()).toEqual({
      idempotent_calls: 1,
      one_time_links: 1,
      sessions: 2,
      sign_in_attempts: 1,
    });
    const [left] = await database.query(
      (sql) => sql`
        select (select string_agg(id::text, ' ') from sessions) as sessions,
          (select string_agg(id::text, ' ') from one_time_links) as links,
          (select string_agg(key, ' ') from sign_in_attempts) as attempts,
          (select count(*)::int from idempotent_calls) as calls`,
    );
    expect(left).toEqual({
      sessions: ids.newest,
      links: ids.link,
      attempts: "account:now",
      calls: 1,
    });
    expect(await sweepExpired()).toMatchObject({ sessions: 0, one_time_links: 0 });
  });

  test("takes thousands in batches, by two instances at once, each once", async () => {
    const { id: tenantId } = await database.tenant();
    await database.query(
      (sql) => sql`
        insert into idempotent_calls (tenant_id, key_hash, request_hash, created_at)
        select ${tenantId}, sha256(i::text::bytea), sha256('x'), now() - interval '2 days'
        from generate_series(1, 5000) i`,
    );
    const swept = await Promise.all([sweepExpired(), sweepExpired()]);
    const left = await sweepExpired();
    expect(swept.reduce((sum, { idempotent_calls: n }) => sum + n, left.idempotent_calls)).toBe(
      5000,
    );
  });
});
