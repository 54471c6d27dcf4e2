import { cookies, headers } from "next/headers";
import { forbidden, notFound, redirect } from "next/navigation";
import { cache } from "react";
import { signInPath } from "@/lib/browser/session";
import type { Standing, Tenant } from "@/lib/browser/tenants";
import { isAppError } from "@/lib/errors";
import { connection } from "@/lib/http/connection";
import { pagePathHeader } from "@/lib/http/page-path";
import { idFromPath } from "@/lib/ids";
import type { UserPrincipal } from "@/lib/principal";
import { cookieName, openSessionCookie } from "@/lib/sessions/cookies";
import { readSession } from "@/lib/sessions/read";
import { getTenant } from "@/lib/tenants/get";

/** Who looks at this page, or null; read once for a request, however many ask. */
export const currentUser = cache(async (): Promise<UserPrincipal | null> => {
  const secret = await openSessionCookie((await cookies()).get(cookieName("session"))?.value);
  if (!secret) return null;
  const origin = {
    requestId: connection()?.requestId ?? "",
    address: connection()?.address ?? null,
    userAgent: (await headers()).get("user-agent"),
  };
  return readSession(origin, secret);
});

/**
 * Demands a session; every page behind the sign-in calls this or what builds on it. Who has none
 * is sent to sign in, and back here after.
 */
export async function requireSession(): Promise<UserPrincipal> {
  const principal = await currentUser();
  return principal ?? redirect(signInPath((await headers()).get(pagePathHeader) ?? "/"));
}

export type Membership = { principal: UserPrincipal; tenant: Tenant; standing: Standing };

/**
 * Demands a session that may look at a Tenant: a member's, or staff's. An unknown Tenant and one
 * that is not theirs are the same 404.
 * @param role "admin" for pages that only an admin may see: 403 for others.
 */
export async function requireMember(
  entityId: string,
  role: "viewer" | "admin" = "viewer",
): Promise<Membership> {
  const principal = await requireSession();
  const tenant = await tenantOf(principal, entityId);
  const standing =
    principal.memberships.find((m) => m.tenantId === tenant.id)?.role ?? principal.staffRole;
  if (!standing) notFound();
  if (role === "admin" && standing !== "admin") forbidden();
  return { principal, tenant, standing };
}

/** Demands a member of staff. */
export async function requireStaff(
  role: "support" | "operator" = "support",
): Promise<UserPrincipal> {
  const principal = await requireSession();
  if (!principal.staffRole || (role === "operator" && principal.staffRole !== role)) forbidden();
  return principal;
}

const tenantOf = cache(async (principal: UserPrincipal, entityId: string): Promise<Tenant> => {
  try {
    return await getTenant(principal, { tenantId: idFromPath(entityId, "Tenant") });
  } catch (error) {
    if (isAppError(error) && error.code === "not_found") notFound();
    throw error;
  }
});
