import { AppError } from "@/lib/errors";
import type { Principal } from "@/lib/principal";
import { covers, inOrder, type Scope, scopesOfTenant } from "@/lib/scopes";

/**
 * Decides the scopes of a new credential: what was asked, in order.
 * @throws AppError `invalid_request` for a scope that the Tenant can't hold,
 *   `insufficient_scope` for one that the granting System lacks itself.
 */
export function grantScopes(
  principal: Principal,
  isMaster: boolean,
  wanted: readonly Scope[],
): Scope[] {
  const possible = scopesOfTenant(isMaster);
  wanted.forEach((scope, index) => {
    if (possible.includes(scope)) return;
    const message = `Only the master Tenant may hold the scope ${scope}.`;
    throw new AppError("invalid_request", message, {
      issues: [{ path: `Scopes.${index}`, message }],
    });
  });
  if (principal.kind === "system") {
    const missing = wanted.find((scope) => !covers(principal.scopes, scope));
    if (missing) {
      throw new AppError(
        "insufficient_scope",
        `A credential can't grant the scope ${missing}, which it lacks.`,
        {
          scope: missing,
        },
      );
    }
  }
  return inOrder(wanted);
}
