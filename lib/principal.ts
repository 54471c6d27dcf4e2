import type { Answer } from "@/lib/http/call";

/** Where a call came from: for audit events, counts and logs. */
export type Origin = {
  requestId: string;
  address: string | null;
  userAgent: string | null;
};

/** The answer of verify but for when the credential expires. */
export type VerifiedForm = {
  readonly headers: Answer["headers"];
  /** JSON as far as the value of `ExpiresAt`, after which it only has to be closed. */
  readonly start: string;
  /** All of it for a credential that never expires. */
  readonly unending: Answer;
};

/** A System calling with a System Access Token (`token`) or a JWT of a client (`client`). */
export type SystemPrincipal = {
  kind: "system";
  credential: "token" | "client";
  /** The token's or the client's row. */
  id: string;
  /** What is shown outside: the token's id or the `client_id`. */
  publicId: string;
  name: string;
  tenantId: string;
  tenantSid: string;
  isMaster: boolean;
  scopes: string[];
  /** Seconds since the epoch; null for what never expires. */
  expiresAt: number | null;
  /**
   * The same object as long as all of the above but its end is the same, to keep what follows from
   * it; or null.
   */
  memo: { verified?: VerifiedForm } | null;
  origin: Origin;
};

/** A person signed in to the portal. Roles are read afresh for each request. */
export type UserPrincipal = {
  kind: "user";
  userId: string;
  email: string;
  name: string;
  staffRole: "support" | "operator" | null;
  memberships: { tenantId: string; role: "admin" | "viewer" }[];
  sessionId: string;
  origin: Origin;
};

/** Somebody at the operator's own keyboard. */
export type CliPrincipal = { kind: "cli"; name: string; origin: Origin };

/** The product itself: first run, background work. */
export type ServicePrincipal = { kind: "service"; name: string; origin: Origin };

/** Who is calling. Every verb takes one first. */
export type Principal = SystemPrincipal | UserPrincipal | CliPrincipal | ServicePrincipal;

/** The principal of the command line. */
export function cliPrincipal(user: string, requestId: string): CliPrincipal {
  return { kind: "cli", name: user, origin: { requestId, address: null, userAgent: null } };
}
