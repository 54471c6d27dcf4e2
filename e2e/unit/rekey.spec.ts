import { randomBytes } from "node:crypto";
import { expect, test } from "@playwright/test";
import { Secret, TOTP } from "otpauth";
import { onPlatform } from "@/db/client";
import { readKeys } from "@/db/queries/keys";
import { openDatabase, service } from "@/e2e/support/in-process";
import { beginTotp, confirmTotp } from "@/lib/account/totp";
import { verifyChains } from "@/lib/audit/verify";
import { ensureKeys } from "@/lib/keys/ensure";
import { openKey } from "@/lib/keys/material";
import { rekeyKeys } from "@/lib/keys/rekey";
import type { UserPrincipal } from "@/lib/principal";
import { ensureMasterTenant } from "@/lib/provisioning/first-run";
import { readSession } from "@/lib/sessions/read";
import { startSession } from "@/lib/sessions/start";
import { createUser } from "@/lib/users/create";
import { createWebhook } from "@/lib/webhooks/create";
import { openWebhookSecret } from "@/lib/webhooks/secret";

const database = openDatabase();
const { origin } = service;
const newKey = () => randomBytes(32).toString("base64");

test.beforeAll(async () => {
  await ensureMasterTenant();
  await ensureKeys();
});

async function personWithTotp() {
  const email = `${randomBytes(5).toString("hex")}@tenant.example`;
  const staff = { email, name: "Person", staffRole: "support" as const };
  const { user, password } = await createUser(service, staff);
  const { secret } = await startSession(origin, { email, password });
  const me = (await readSession(origin, secret)) as UserPrincipal;
  const seed = await beginTotp(me, { password });
  const totp = new TOTP({ secret: Secret.fromBase32(seed.secret.replaceAll(" ", "")) });
  await confirmTotp(me, { code: totp.generate({ timestamp: Date.now() - 30_000 }) });
  return {
    userId: user.id,
    signIn: () => startSession(origin, { email, password, code: totp.generate() }),
  };
}

const sealedColumns = () =>
  database.query(
    (sql) => sql`
      select encode(totp_ciphertext, 'hex') as sealed from users where totp_ciphertext is not null
      union all select encode(secret_ciphertext, 'hex') from webhooks
      union all select encode(private_ciphertext, 'hex') from signing_keys`,
  );

test.describe("keys rekey", () => {
  test("carries signing keys, TOTP seeds and secrets of webhooks over to another secret key", async () => {
    const people = [await personWithTotp(), await personWithTotp()];
    const { id: tenantId } = await database.tenant();
    const webhook = await createWebhook(service, { tenantId, url: "https://hooks.example/in" });
    const before = await sealedColumns();
    const oldSecretKey = process.env.BROKER_SECRET_KEY as string;
    process.env.BROKER_SECRET_KEY = newKey();
    await expect(people[0]?.signIn()).rejects.toThrow();

    const rekeyed = await rekeyKeys(service, { oldSecretKey });
    expect(rekeyed).toMatchObject({ seeds: 2, webhookSecrets: 1 });
    const after = await sealedColumns();
    expect(after).toHaveLength(before.length);
    for (const { sealed } of after) expect(before.map((row) => row.sealed)).not.toContain(sealed);
    for (const { signIn } of people) expect((await signIn()).secret).toBeTruthy();
    const [row] = await database.query(
      (sql) => sql`select secret_ciphertext from webhooks where id = ${webhook.id}`,
    );
    expect(openWebhookSecret(webhook.id, row?.secret_ciphertext)).toBe(webhook.secret);
    for (const key of (await onPlatform(readKeys)).keys) expect(openKey(key)).toBeTruthy();
    expect(await verifyChains(service, {})).toMatchObject({ ok: true });
    // Once more does no harm.
    expect(await rekeyKeys(service, { oldSecretKey })).toMatchObject({ seeds: 2 });
    expect(openWebhookSecret(webhook.id, row?.secret_ciphertext)).toBe(webhook.secret);
  });

  test("names what neither key opens, and has done all the rest", async () => {
    const [good, bad] = [await personWithTotp(), await personWithTotp()];
    await database.query(
      (sql) => sql`update users set totp_ciphertext = ${randomBytes(48)} where id = ${bad.userId}`,
    );
    const oldSecretKey = process.env.BROKER_SECRET_KEY as string;
    process.env.BROKER_SECRET_KEY = newKey();
    await expect(rekeyKeys(service, { oldSecretKey })).rejects.toThrow(/opens 1 TOTP seeds and 0/);
    expect((await good.signIn()).secret).toBeTruthy();
    await expect(rekeyKeys(service, { oldSecretKey: newKey() })).rejects.toThrow(/opens 1 TOTP/);
  });

  test("deals with more than fit one transaction", async () => {
    const { userId } = await personWithTotp();
    const oldSecretKey = process.env.BROKER_SECRET_KEY as string;
    await database.query(
      (sql) => sql`
        insert into users (id, email, name, totp_ciphertext)
        select gen_random_uuid(), 'many' || i || '@tenant.example', 'Many', '\\x00' from generate_series(1, 450) i`,
    );
    process.env.BROKER_SECRET_KEY = newKey();
    await expect(rekeyKeys(service, { oldSecretKey })).rejects.toThrow(/opens 45[01] TOTP/);
    expect(userId).toBeTruthy();
  });
});
