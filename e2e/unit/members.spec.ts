import { expect, test } from "@playwright/test";
import { openDatabase, service } from "@/e2e/support/in-process";
import { acceptInvitation } from "@/lib/members/accept";
import { changeRole } from "@/lib/members/change-role";
import { inviteMember } from "@/lib/members/invite";
import { listPeople } from "@/lib/members/list";
import { lookUpInvitation } from "@/lib/members/look-up";
import { removeMember } from "@/lib/members/remove";
import { withdrawInvitation } from "@/lib/members/withdraw";
import type { UserPrincipal } from "@/lib/principal";
import { createUser } from "@/lib/users/create";

const database = openDatabase();
const { origin } = service;
let made = 0;

async function member(tenantId: string, role: "admin" | "viewer"): Promise<UserPrincipal> {
  const email = `member${++made}@tenant.example`;
  const { user } = await createUser(service, { email, name: `Member ${made}`, tenantId, role });
  const memberships = [{ tenantId, role }];
  const { id: userId, name } = user;
  return { kind: "user", userId, email, name, staffRole: null, memberships, sessionId: "", origin };
}

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "ok",
    (error) => error.code ?? String(error),
  );
const secretOf = (link: string | null) => new URL(link as string).hash.slice(1);
const newPerson = { name: "New Person", password: "correct horse battery" };

test.describe("the last admin", () => {
  test("can be neither removed nor demoted, not even by themselves", async () => {
    const { id: tenantId } = await database.tenant();
    const admin = await member(tenantId, "admin");
    const { userId } = admin;
    expect(await codeOf(removeMember(admin, { tenantId, userId }))).toBe("conflict");
    expect(await codeOf(changeRole(admin, { tenantId, userId, role: "viewer" }))).toBe("conflict");
    const second = await member(tenantId, "admin");
    expect(await codeOf(changeRole(second, { tenantId, userId, role: "viewer" }))).toBe("ok");
  });

  test("stays when many admins remove and demote each other at once", async () => {
    const { id: tenantId } = await database.tenant();
    const admins = await Promise.all(Array.from({ length: 6 }, () => member(tenantId, "admin")));
    const outcomes = await Promise.all(
      admins.map((principal, i) => {
        const { userId } = admins[(i + 1) % admins.length] as UserPrincipal;
        return codeOf(
          i % 2
            ? removeMember(principal, { tenantId, userId })
            : changeRole(principal, { tenantId, userId, role: "viewer" }),
        );
      }),
    );
    expect(outcomes.filter((code) => code === "ok")).toHaveLength(5);
    expect(outcomes.filter((code) => code === "conflict")).toHaveLength(1);
    const { members } = await listPeople(service, { tenantId });
    expect(members.filter(({ role }) => role === "admin")).toHaveLength(1);
  });

  test("is somebody who can sign in: a disabled admin does not count", async () => {
    const { id: tenantId } = await database.tenant();
    const [admin, other] = [await member(tenantId, "admin"), await member(tenantId, "admin")];
    await database.query(
      (sql) => sql`update users set disabled_at = now() where id = ${other.userId}`,
    );
    expect(await codeOf(removeMember(admin, { tenantId, userId: admin.userId }))).toBe("conflict");
  });
});

test("a viewer may leave, and remove nobody else", async () => {
  const { id: tenantId } = await database.tenant();
  const admin = await member(tenantId, "admin");
  const viewer = await member(tenantId, "viewer");
  const remove = (userId: string) => codeOf(removeMember(viewer, { tenantId, userId }));
  expect(await remove(admin.userId)).toBe("forbidden");
  expect(await remove(viewer.userId)).toBe("ok");
  expect((await listPeople(service, { tenantId })).members).toHaveLength(1);
});

test.describe("an invitation", () => {
  test("is good once, by however many at a time", async () => {
    const { id: tenantId } = await database.tenant();
    const email = `invited${++made}@tenant.example`;
    const sent = await inviteMember(service, { tenantId, email, role: "viewer" });
    const secret = secretOf(sent.link);
    expect(await lookUpInvitation({ secret })).toMatchObject({ email, hasAccount: false });
    const outcomes = await Promise.all(
      Array.from({ length: 5 }, () =>
        codeOf(acceptInvitation(origin, null, { secret, ...newPerson })),
      ),
    );
    expect(outcomes.filter((code) => code === "ok")).toHaveLength(1);
    // Who reads the link before the winner commits and the account after is told to sign in.
    const refusals = ["not_found", "unauthenticated"];
    for (const code of outcomes) expect(["ok", ...refusals]).toContain(code);
    expect(await codeOf(lookUpInvitation({ secret }))).toBe("not_found");
    const { members, invitations } = await listPeople(service, { tenantId });
    expect(members.map((row) => [row.email, row.role])).toEqual([[email, "viewer"]]);
    expect(invitations).toEqual([]);
  });

  test("is over after 72 hours, once withdrawn, and once another one follows it", async () => {
    const { id: tenantId } = await database.tenant();
    const invite = (email: string) =>
      inviteMember(service, { tenantId, email, role: "admin" }).then(({ link, invitation }) => ({
        secret: secretOf(link),
        id: invitation.id,
      }));
    const [old, withdrawn, first] = [
      await invite("old@tenant.example"),
      await invite("withdrawn@tenant.example"),
      await invite("twice@tenant.example"),
    ];
    const [{ hours }] = (await database.query(
      (sql) =>
        sql`select extract(epoch from expires_at - created_at) / 3600 as hours from one_time_links where id = ${old.id}`,
    )) as unknown as [{ hours: string }];
    expect(Number(hours)).toBe(72);
    await database.query(
      (sql) => sql`update one_time_links set expires_at = now() where id = ${old.id}`,
    );
    await withdrawInvitation(service, { tenantId, invitationId: withdrawn.id });
    const second = await invite("twice@tenant.example");
    for (const { secret } of [old, withdrawn, first])
      expect(await codeOf(acceptInvitation(origin, null, { secret, ...newPerson }))).toBe(
        "not_found",
      );
    expect(await codeOf(acceptInvitation(origin, null, { ...second, ...newPerson }))).toBe("ok");
  });

  test("of an address with an account opens it to nobody but its owner", async () => {
    const { id: tenantId } = await database.tenant();
    const { id: elsewhere } = await database.tenant();
    const owner = await member(elsewhere, "viewer");
    const other = await member(elsewhere, "viewer");
    const { email } = owner;
    const secret = secretOf((await inviteMember(service, { tenantId, email, role: "admin" })).link);
    const accept = (who: UserPrincipal | null) =>
      codeOf(acceptInvitation(origin, who, { secret, ...newPerson }));
    expect(await accept(null)).toBe("unauthenticated");
    expect(await accept(other)).toBe("forbidden");
    expect(await accept(owner)).toBe("ok");
    expect((await listPeople(service, { tenantId })).members).toMatchObject([
      { email, role: "admin", name: owner.name },
    ]);
  });

  test("is stored as a hash, and audited from invitation to membership", async () => {
    const { id: tenantId } = await database.tenant();
    const admin = await member(tenantId, "admin");
    const email = `audited${++made}@tenant.example`;
    const sent = await inviteMember(admin, { tenantId, email, role: "viewer" });
    const secret = secretOf(sent.link);
    const dump = await database.query(
      (sql) =>
        sql`select (select json_agg(l) from one_time_links l)::text || (select json_agg(e) from audit_events e)::text as all`,
    );
    expect(JSON.stringify(dump)).not.toContain(secret);
    await acceptInvitation(origin, null, { secret, ...newPerson });
    const { userId } = (await listPeople(service, { tenantId })).members.find(
      (row) => row.email === email,
    ) as { userId: string };
    await changeRole(admin, { tenantId, userId, role: "admin" });
    await removeMember(admin, { tenantId, userId });
    const events = await database.query(
      (sql) =>
        sql`select action, actor_name from audit_events where tenant_id = ${tenantId} and action like 'member.%' order by sequence`,
    );
    expect(events.map((event) => [event.action, event.actor_name])).toEqual([
      ["member.invited", admin.email],
      ["member.added", email],
      ["member.role-changed", admin.email],
      ["member.removed", admin.email],
    ]);
  });
});

test("another Tenant's members and invitations can't be reached by id", async () => {
  const { id: mine } = await database.tenant();
  const { id: theirs } = await database.tenant();
  const admin = await member(mine, "admin");
  const victim = await member(theirs, "viewer");
  const email = `theirs${++made}@tenant.example`;
  const { invitation } = await inviteMember(service, { tenantId: theirs, email, role: "viewer" });
  const { userId } = victim;
  expect(await codeOf(removeMember(admin, { tenantId: theirs, userId }))).toBe("not_found");
  expect(await codeOf(removeMember(admin, { tenantId: mine, userId }))).toBe("not_found");
  expect(await codeOf(changeRole(admin, { tenantId: mine, userId, role: "admin" }))).toBe(
    "not_found",
  );
  const invitationId = invitation.id;
  expect(await codeOf(withdrawInvitation(admin, { tenantId: mine, invitationId }))).toBe(
    "not_found",
  );
  expect((await listPeople(service, { tenantId: theirs })).members).toHaveLength(1);
});
