import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { openDatabase, service } from "@/e2e/support/in-process";
import type { ChainedEvent } from "@/lib/audit/chain";
import { readJournals } from "@/lib/revocations/read";
import { revocationOf } from "@/lib/revocations/revocation";
import { forgetSettings } from "@/lib/settings";
import { issueToken } from "@/lib/tokens/issue";
import { revokeToken } from "@/lib/tokens/revoke";

const database = openDatabase();
const folder = mkdtempSync(join(tmpdir(), "servicebroker-revocations-"));

function journalTo(file: string | undefined) {
  if (file) process.env.BROKER_REVOCATION_JOURNAL = file;
  else delete process.env.BROKER_REVOCATION_JOURNAL;
  forgetSettings();
}

test.afterAll(() => {
  journalTo(undefined);
  rmSync(folder, { recursive: true });
});

const [tenantId, id] = [randomUUID(), randomUUID()];
const at = "2026-01-01T00:00:00.000Z";

function event(action: string, values: Partial<ChainedEvent> = {}): ChainedEvent {
  return {
    ...{ id: randomUUID(), tenantId, sequence: 1, occurredAt: at, action, before: null },
    ...{ actor: { type: "cli", id: null, name: "x" }, previousHash: "" },
    ...{ target: { type: "token", id, name: null }, after: null },
    ...{ origin: { address: null, userAgent: null, requestId: null } },
    ...values,
  } as ChainedEvent;
}

test.describe("the journal of revocations", () => {
  test("has what an event takes away, and nothing else", () => {
    for (const action of ["token.issued", "token.activated", "token.renamed", "tenant.activated"])
      expect(revocationOf(event(action)), action).toBeNull();
    const bare = { at, tenantId, id };
    const same = { authType: "Any", name: "x" };
    for (const [action, values, entry] of [
      ["token.revoked", {}, {}],
      ["token.replaced", { after: { revokeAt: at, status: "Active" } }, { revokeAt: at }],
      ["tenant.suspended", { before: same, after: same }, {}],
      ["tenant.updated", { before: same, after: { authType: "JWT" } }, { authType: "JWT" }],
      ["tenant.updated", { before: same, after: { ...same, name: "y" } }, null],
      ["member.role-changed", { after: { role: "viewer" } }, {}],
      ["member.role-changed", { after: { role: "admin" } }, null],
      ["webhook.updated", { after: { active: false } }, {}],
      ["webhook.updated", { after: { active: true } }, null],
      ["client.secret-retired", { before: { secretId: id, hint: "x" } }, { secretId: id }],
      ["jwt.revoked", { after: { expiresAt: at } }, { expiresAt: at }],
    ] as const) {
      const made = revocationOf(event(action, values));
      expect(made, action).toEqual(entry && { ...bare, action, ...entry });
    }
    const both = { before: { authType: "Any" }, after: { authType: "JWT" } };
    expect(revocationOf(event("tenant.activated", both))).toMatchObject({
      action: "tenant.updated",
      authType: "JWT",
    });
  });

  test("that can't be written, or hangs, stops no revocation", async () => {
    const fifo = join(folder, "fifo");
    execFileSync("mkfifo", [fifo]);
    const tenant = await database.tenant();
    for (const file of [folder, join(folder, "no", "such", "folder"), fifo]) {
      const scopes = ["broker" as const];
      const { id: tokenId } = await issueToken(service, {
        tenantId: tenant.id,
        name: "System",
        active: true,
        scopes,
      });
      journalTo(file);
      const revoked = await revokeToken(service, { tenantId: tenant.id, tokenId });
      expect(revoked.status, file).toBe("Revoked");
      journalTo(undefined);
    }
    // Lets go of the thread that waits for a reader.
    expect(await readFile(fifo, "utf8")).toContain("token.revoked");
  });

  test("is read with lines of the log that stand in for it, oldest first; anything else is named", async () => {
    const entry = (time: string) => ({ at: time, tenantId, action: "token.revoked", id });
    const [one, two] = [join(folder, "one"), join(folder, "two")];
    writeFileSync(one, `${JSON.stringify(entry("2026-02-01T00:00:00.000Z"))}\n\n`);
    const logged = {
      level: "error",
      msg: "a revocation is not in the journal",
      revocation: entry(at),
    };
    writeFileSync(two, `${JSON.stringify(logged)}\n`);
    const read = await readJournals([one, two]);
    expect(read.map((revocation) => revocation.at)).toEqual([at, "2026-02-01T00:00:00.000Z"]);
    writeFileSync(two, `${JSON.stringify(entry(at))}\n{"at":"yesterday"}\n`);
    await expect(readJournals([two])).rejects.toThrow(/two, line 2: is no entry/);
    await expect(readJournals([join(folder, "absent")])).rejects.toThrow(/ENOENT/);
  });
});
