import { expect, test } from "@playwright/test";
import { demand, type Permission } from "@/lib/authorize";
import { isAppError } from "@/lib/errors";
import type { Principal } from "@/lib/principal";

const own = "11111111-1111-4111-8111-111111111111";
const other = "22222222-2222-4222-8222-222222222222";
const origin = { requestId: "r", address: null, userAgent: null };

const system = (scopes: string[], isMaster = false): Principal => ({
  kind: "system",
  credential: "token",
  id: own,
  publicId: own,
  name: "A System",
  tenantId: own,
  tenantSid: "sid",
  isMaster,
  scopes,
  expiresAt: null,
  memo: {},
  origin,
});
const user = (
  role: "admin" | "viewer" | null,
  staffRole: "support" | "operator" | null = null,
): Principal => ({
  kind: "user",
  userId: own,
  email: "jo@tenant.example",
  name: "Jo",
  staffRole,
  memberships: role ? [{ tenantId: own, role }] : [],
  sessionId: own,
  origin,
});

function decide(principal: Principal, tenantId: string | null, permission: Permission): string {
  try {
    demand(principal, tenantId, permission);
    return "allowed";
  } catch (error) {
    if (isAppError(error)) return error.code;
    throw error;
  }
}

const principals = {
  "System, tokens:manage": system(["broker", "tokens:manage"]),
  "System, tokens:read": system(["tokens:read"]),
  "System, broker": system(["broker"]),
  "master's System": system(["tenants:manage"], true),
  "System that claims the master's scope": system(["tenants:manage"]),
  admin: user("admin"),
  viewer: user("viewer"),
  stranger: user(null),
  support: user(null, "support"),
  operator: user(null, "operator"),
  "command line": { kind: "cli", name: "root", origin } satisfies Principal,
} as const;

/** Who, on which Tenant, wants what: the answer. */
const table: [keyof typeof principals, string | null, Permission, string][] = [
  ["System, tokens:manage", own, "tokens:manage", "allowed"],
  ["System, tokens:manage", own, "tokens:read", "allowed"],
  ["System, tokens:manage", own, "tenant:update", "allowed"],
  ["System, tokens:manage", own, "audit:read", "insufficient_scope"],
  ["System, tokens:manage", own, "members:manage", "insufficient_scope"],
  ["System, tokens:manage", other, "tokens:read", "not_found"],
  ["System, tokens:manage", other, "tenant:read", "not_found"],
  ["System, tokens:manage", null, "tenants:manage", "insufficient_scope"],
  ["System, tokens:read", own, "tokens:read", "allowed"],
  ["System, tokens:read", own, "tokens:manage", "insufficient_scope"],
  ["System, tokens:read", own, "tenant:update", "insufficient_scope"],
  ["System, broker", own, "tenant:read", "allowed"],
  ["System, broker", own, "tokens:read", "insufficient_scope"],
  ["master's System", other, "tenant:update", "allowed"],
  ["master's System", null, "tenants:manage", "allowed"],
  ["master's System", other, "tokens:read", "not_found"],
  ["master's System", null, "keys:manage", "insufficient_scope"],
  ["System that claims the master's scope", null, "tenants:manage", "insufficient_scope"],
  ["System that claims the master's scope", other, "tenant:read", "not_found"],
  ["admin", own, "tokens:manage", "allowed"],
  ["admin", own, "members:manage", "allowed"],
  ["admin", other, "tokens:read", "not_found"],
  ["admin", null, "tenants:manage", "forbidden"],
  ["viewer", own, "tokens:read", "allowed"],
  ["viewer", own, "tokens:manage", "forbidden"],
  ["viewer", own, "tenant:update", "forbidden"],
  ["stranger", own, "tenant:read", "not_found"],
  ["support", own, "tokens:read", "allowed"],
  ["support", own, "tokens:manage", "forbidden"],
  ["support", null, "tenants:read", "allowed"],
  ["support", null, "tenants:manage", "forbidden"],
  ["operator", own, "tokens:manage", "forbidden"],
  ["operator", null, "tenants:manage", "allowed"],
  ["operator", null, "keys:manage", "allowed"],
  ["command line", own, "tokens:manage", "allowed"],
  ["command line", null, "tenants:manage", "allowed"],
];

test.describe("who may do what", () => {
  for (const [who, tenantId, permission, answer] of table) {
    const where = tenantId === own ? "its own Tenant" : tenantId ? "another Tenant" : "all Tenants";
    test(`${who}, ${permission} of ${where}: ${answer}`, () => {
      expect(decide(principals[who], tenantId, permission)).toBe(answer);
    });
  }
});
