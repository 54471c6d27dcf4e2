/** Scopes of contract §7, in the order in which they are shown. */
export const scopes = [
  "broker",
  "tokens:read",
  "tokens:manage",
  "audit:read",
  "introspect",
  "tenants:manage",
] as const;

export type Scope = (typeof scopes)[number];

/** What a Tenant's default token may do: call the APIs and manage its siblings. */
export const defaultTokenScopes: Scope[] = ["broker", "tokens:manage"];

/** What any other credential may do unless asked otherwise: least privilege. */
export const leastScopes: Scope[] = ["broker"];

/** Scopes that a Tenant may hold at all; `tenants:manage` is the master's alone. */
export function scopesOfTenant(isMaster: boolean): Scope[] {
  return isMaster ? [...scopes] : scopes.filter((scope) => scope !== "tenants:manage");
}

/** Whether held scopes cover a wanted one; `tokens:manage` implies `tokens:read`. */
export function covers(held: readonly string[], wanted: string): boolean {
  return held.includes(wanted) || (wanted === "tokens:read" && held.includes("tokens:manage"));
}

/** Sorts scopes as shown and drops repeats. */
export function inOrder(wanted: readonly Scope[]): Scope[] {
  return scopes.filter((scope) => wanted.includes(scope));
}
