import { expect, test } from "@playwright/test";
import { Secret, TOTP } from "otpauth";
import { openDatabase, service } from "@/e2e/support/in-process";
import { changePassword } from "@/lib/account/change-password";
import { completeReset } from "@/lib/account/complete-reset";
import { getAccount } from "@/lib/account/get";
import { endOtherSessions, endOwnSession } from "@/lib/account/sessions";
import { beginTotp, confirmTotp, disableTotp, renewRecoveryCodes } from "@/lib/account/totp";
import { stepOfCode } from "@/lib/account/totp-code";
import type { UserPrincipal } from "@/lib/principal";
import { ensureMasterTenant } from "@/lib/provisioning/first-run";
import { readSession } from "@/lib/sessions/read";
import { startSession } from "@/lib/sessions/start";
import { createUser } from "@/lib/users/create";
import { disableUser } from "@/lib/users/disable";
import { enableUser } from "@/lib/users/enable";
import { issueReset } from "@/lib/users/issue-reset";

const database = openDatabase();
const { origin } = service;
const next = "a new and longer password";
let made = 0;

test.beforeAll(() => ensureMasterTenant());

async function person(staffRole?: "support" | "operator") {
  const email = `person${++made}@tenant.example`;
  const { id: tenantId } = await database.tenant();
  const place = staffRole ? { staffRole } : { tenantId, role: "admin" as const };
  const { user, password } = await createUser(service, { email, name: "Person", ...place });
  const signIn = async (code?: string, with_ = password) => {
    const { secret } = await startSession(origin, { email, password: with_, code });
    return secret;
  };
  const as = async (secret: string) => (await readSession(origin, secret)) as UserPrincipal;
  return { email, password, tenantId, userId: user.id, signIn, as };
}

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "ok",
    (error) => error.code ?? String(error),
  );

/** The code that an authenticator shows, so many steps of 30 s from now. */
const codeAt = (secret: string, steps = 0) =>
  new TOTP({ secret: Secret.fromBase32(secret.replaceAll(" ", "")) }).generate({
    timestamp: Date.now() + steps * 30_000,
  });

test.describe("changing the password", () => {
  test("wants the current one, ends the other sessions and keeps this one", async () => {
    const { signIn, as, password } = await person();
    const [here, there] = [await signIn(), await signIn()];
    const me = await as(here);
    expect(await codeOf(changePassword(me, { current: "wrong", next }))).toBe("invalid_request");
    expect(await changePassword(me, { current: password, next })).toEqual({ sessionsEnded: 1 });
    expect(await readSession(origin, there)).toBeNull();
    expect(await readSession(origin, here)).not.toBeNull();
    expect(await codeOf(signIn())).toBe("invalid_credentials");
    expect(await codeOf(signIn(undefined, next))).toBe("ok");
  });

  test("is no way to guess it: after ten wrong ones even the right one is refused", async () => {
    const { signIn, as, password } = await person();
    const me = await as(await signIn());
    for (let i = 0; i < 10; i++) await codeOf(changePassword(me, { current: `wrong ${i}`, next }));
    expect(await codeOf(changePassword(me, { current: password, next }))).toBe("too_many_requests");
  });
});

test.describe("a link for a new password", () => {
  const secretOf = (link: string | null) => new URL(link as string).hash.slice(1);

  test("works once, ends every session, and void are those before it", async () => {
    const { email, signIn } = await person();
    const session = await signIn();
    const first = secretOf((await issueReset(service, { email })).link);
    const secret = secretOf((await issueReset(service, { email })).link);
    const complete = (of: string) => codeOf(completeReset(origin, { secret: of, password: next }));
    expect(await complete(first)).toBe("not_found");
    const outcomes = await Promise.all([complete(secret), complete(secret), complete(secret)]);
    expect(outcomes.sort()).toEqual(["not_found", "not_found", "ok"]);
    expect(await readSession(origin, session)).toBeNull();
    expect(await codeOf(signIn())).toBe("invalid_credentials");
    expect(await codeOf(signIn(undefined, next))).toBe("ok");
  });

  test("is over after an hour, and for a disabled user at once", async () => {
    const { email } = await person();
    const old = secretOf((await issueReset(service, { email })).link);
    await database.query(
      (sql) =>
        sql`update one_time_links set expires_at = expires_at - interval '1 hour' where email = ${email}`,
    );
    const complete = (secret: string) => codeOf(completeReset(origin, { secret, password: next }));
    expect(await complete(old)).toBe("not_found");
    const secret = secretOf((await issueReset(service, { email })).link);
    await disableUser(service, { email });
    expect(await complete(secret)).toBe("not_found");
  });
});

test.describe("two-step sign-in", () => {
  async function withTotp() {
    const who = await person();
    const me = await who.as(await who.signIn());
    const { secret } = await beginTotp(me, { password: who.password });
    // One step back: the present one is left for signing in.
    const { recoveryCodes } = await confirmTotp(me, { code: codeAt(secret, -1) });
    return { ...who, me, secret, recoveryCodes };
  }

  test("asks for a code once it is confirmed, and not before", async () => {
    const { signIn, as, password } = await person();
    const me = await as(await signIn());
    const { secret, uri } = await beginTotp(me, { password });
    expect(uri).toContain("otpauth://totp/ServiceBroker%20Access");
    expect(await codeOf(signIn())).toBe("ok");
    expect(await codeOf(confirmTotp(me, { code: "000000" }))).toBe("invalid_request");
    await confirmTotp(me, { code: codeAt(secret, -1) });
    expect(await codeOf(signIn())).toBe("second_factor_required");
    expect(await codeOf(signIn(codeAt(secret)))).toBe("ok");
  });

  test("takes a code once, however many try it at a time", async () => {
    const { signIn, secret } = await withTotp();
    const code = codeAt(secret);
    const outcomes = await Promise.all(Array.from({ length: 4 }, () => codeOf(signIn(code))));
    expect(outcomes.filter((outcome) => outcome === "ok")).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === "second_factor_invalid")).toHaveLength(3);
    // Nor does an earlier step work after a later one.
    expect(await codeOf(signIn(codeAt(secret, -1)))).toBe("second_factor_invalid");
  });

  test("takes a recovery code once, in any case and without dashes", async () => {
    const { signIn, recoveryCodes } = await withTotp();
    expect(new Set(recoveryCodes).size).toBe(10);
    const [first = "", second = ""] = recoveryCodes;
    expect(await codeOf(signIn(first.toUpperCase().replaceAll("-", " ")))).toBe("ok");
    expect(await codeOf(signIn(first))).toBe("second_factor_invalid");
    expect(await codeOf(signIn(second))).toBe("ok");
  });

  test("stops guesses, and a right password does not buy more of them", async () => {
    const { signIn, secret, me, password } = await withTotp();
    const wrong = () => codeOf(signIn("000000"));
    const outcomes = [];
    for (let i = 0; i < 6; i++) outcomes.push(await wrong());
    const proof = { password, code: "000000" };
    for (let i = 0; i < 4; i++) outcomes.push(await codeOf(disableTotp(me, proof)));
    expect(outcomes).toEqual([
      ...Array(6).fill("second_factor_invalid"),
      ...Array(4).fill("invalid_request"),
    ]);
    expect(await codeOf(signIn(codeAt(secret)))).toBe("too_many_requests");
    expect(await codeOf(disableTotp(me, { password, code: codeAt(secret) }))).toBe(
      "too_many_requests",
    );
  });

  test("is turned off, and its codes made anew, by password and code only", async () => {
    const { signIn, me, password, recoveryCodes } = await withTotp();
    const [one = "", two = "", three = ""] = recoveryCodes;
    expect(await codeOf(disableTotp(me, { password: "wrong", code: one }))).toBe("invalid_request");
    const renewed = await renewRecoveryCodes(me, { password, code: one });
    expect(await codeOf(signIn(two))).toBe("second_factor_invalid");
    expect(await codeOf(disableTotp(me, { password, code: three }))).toBe("invalid_request");
    await disableTotp(me, { password, code: renewed.recoveryCodes[0] as string });
    expect(await codeOf(signIn())).toBe("ok");
  });

  test("keeps the seed sealed and the codes hashed, and writes neither to the audit log", async () => {
    const { secret, recoveryCodes, userId } = await withTotp();
    const [row] = await database.query(
      (sql) => sql`
        select totp_ciphertext, (select json_agg(u) from users u)::text || (select json_agg(e) from audit_events e)::text as everything
        from users where id = ${userId}`,
    );
    const seed = Buffer.from(Secret.fromBase32(secret.replaceAll(" ", "")).bytes);
    expect(row?.totp_ciphertext.includes(seed)).toBe(false);
    for (const code of recoveryCodes) expect(row?.everything).not.toContain(code);
    expect(row?.everything).not.toContain(seed.toString("hex"));
  });
});

test("a code is good for its own step and one around it (RFC 6238 section 5.2)", () => {
  // The RFC's own seed and a time of its appendix B: 94287082 cut to six digits.
  const seed = Buffer.from("12345678901234567890");
  const at = 59_000;
  expect(stepOfCode(seed, "287082", at)).toBe(1);
  expect(stepOfCode(seed, " 287 082 ", at + 30_000)).toBe(1);
  expect(stepOfCode(seed, "287082", at - 30_000)).toBe(1);
  expect(stepOfCode(seed, "287082", at + 60_000)).toBeNull();
  expect(stepOfCode(seed, "28708", at)).toBeNull();
});

test.describe("sessions", () => {
  test("are listed for their own user only, and end one by one or all but this", async () => {
    const { signIn, as } = await person();
    const stranger = await person();
    const [here, second, third] = [await signIn(), await signIn(), await signIn()];
    const me = await as(here);
    const { sessions } = await getAccount(me);
    expect(sessions).toHaveLength(3);
    expect(sessions.filter(({ current }) => current)).toMatchObject([{ id: me.sessionId }]);
    const other = await stranger.as(await stranger.signIn());
    const { sessionId } = other;
    expect(await codeOf(endOwnSession(me, { sessionId }))).toBe("not_found");
    await endOwnSession(me, { sessionId: (await as(second)).sessionId });
    expect(await readSession(origin, second)).toBeNull();
    expect(await endOtherSessions(me)).toEqual({ sessionsEnded: 1 });
    expect(await readSession(origin, third)).toBeNull();
    expect(await readSession(origin, here)).not.toBeNull();
    expect(await readSession(origin, await stranger.signIn())).not.toBeNull();
  });
});

test.describe("staff accounts", () => {
  test("an operator disables neither themselves nor, with another, both of them", async () => {
    const [first, second] = [await person("operator"), await person("operator")];
    const [a, b] = [await first.as(await first.signIn()), await second.as(await second.signIn())];
    expect(await codeOf(disableUser(a, { userId: a.userId }))).toBe("conflict");
    const outcomes = await Promise.all([
      codeOf(disableUser(a, { userId: b.userId })),
      codeOf(disableUser(b, { userId: a.userId })),
    ]);
    expect(outcomes.sort()).toEqual(["conflict", "ok"]);
  });

  test("support may do none of this; a disabled account is let in again by enabling it", async () => {
    const { as, signIn, email } = await person("support");
    const support = await as(await signIn());
    expect(await codeOf(disableUser(support, { email }))).toBe("forbidden");
    expect(await codeOf(issueReset(support, { email }))).toBe("forbidden");
    await disableUser(service, { email });
    expect(await codeOf(signIn())).toBe("invalid_credentials");
    await enableUser(service, { email });
    expect(await codeOf(signIn())).toBe("ok");
  });
});
