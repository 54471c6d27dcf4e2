import { AppError, notFound } from "@/lib/errors";
import type { Principal, SystemPrincipal, UserPrincipal } from "@/lib/principal";
import { covers } from "@/lib/scopes";

/** What can be asked of a Tenant. The last four are the master's and the operator's. */
export type Permission =
  | "tenant:read"
  | "tenant:update"
  | "tokens:read"
  | "tokens:manage"
  | "audit:read"
  | "members:read"
  | "members:manage"
  | "tenants:read"
  | "tenants:manage"
  | "staff:manage"
  | "keys:manage";

const platformWide: Permission[] = [
  "tenants:read",
  "tenants:manage",
  "staff:manage",
  "keys:manage",
];
const readOnly: Permission[] = ["tenant:read", "tokens:read", "audit:read", "members:read"];
const ofAdmin: Permission[] = [...readOnly, "tenant:update", "tokens:manage", "members:manage"];

/**
 * Lets a principal act on a Tenant, or throws. The one place where roles and scopes are decided.
 * @throws AppError `not_found` for a Tenant that the principal may not know of,
 *   `insufficient_scope` for a System whose credential lacks it, `forbidden` for a person.
 */
export function demand(principal: Principal, tenantId: string | null, permission: Permission) {
  if (principal.kind === "cli" || principal.kind === "service") return;
  if (principal.kind === "user") return demandOfUser(principal, tenantId, permission);
  demandOfSystem(principal, tenantId, permission);
}

function demandOfSystem(principal: SystemPrincipal, tenantId: string | null, wanted: Permission) {
  const masters = principal.isMaster && covers(principal.scopes, "tenants:manage");
  if (tenantId === null || platformWide.includes(wanted)) {
    if (masters && (wanted === "tenants:manage" || wanted === "tenants:read")) return;
    throw lacking("tenants:manage");
  }
  if (wanted === "tenant:read" || wanted === "tenant:update") {
    if (masters) return;
    if (tenantId !== principal.tenantId) throw notFound("Tenant");
    if (wanted === "tenant:update" && !covers(principal.scopes, "tokens:manage")) {
      throw lacking("tokens:manage");
    }
    return;
  }
  if (tenantId !== principal.tenantId) throw notFound("Tenant");
  const scope =
    wanted === "members:read" || wanted === "members:manage" ? "tenants:manage" : wanted;
  if (!covers(principal.scopes, scope)) throw lacking(scope);
}

function demandOfUser(principal: UserPrincipal, tenantId: string | null, wanted: Permission) {
  const { staffRole } = principal;
  if (tenantId === null || platformWide.includes(wanted)) {
    if (staffRole === "operator" || (staffRole === "support" && wanted === "tenants:read")) return;
    throw new AppError("forbidden", "Only an operator may do this.");
  }
  const role = principal.memberships.find((m) => m.tenantId === tenantId)?.role;
  if (!role && !staffRole) throw notFound("Tenant");
  const allowed = role === "admin" ? ofAdmin : readOnly;
  if (allowed.includes(wanted)) return;
  throw new AppError(
    "forbidden",
    role === "viewer"
      ? "A viewer can look but not change. Ask an admin of this Tenant."
      : "Staff can look at a Tenant but not change it.",
  );
}

const lacking = (scope: string) =>
  new AppError("insufficient_scope", `This needs a credential with the scope ${scope}.`, { scope });
