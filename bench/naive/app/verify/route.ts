import { createHash } from "node:crypto";
import { and, eq, gt, isNull, ne, or, sql } from "drizzle-orm";
import { tenants, tokens } from "@/db/schema";
import { database } from "../../database";

export const dynamic = "force-dynamic";

/** Verification as one would write it first: a route handler with one Drizzle query. */
export async function GET(request: Request): Promise<Response> {
  const token = request.headers.get("authorization")?.replace(/^bearer +/i, "") ?? "";
  const [found] = await database
    .select({
      TokenId: tokens.id,
      EntityId: tokens.tenantId,
      Name: tokens.name,
      Scopes: sql<string>`array_to_string(${tokens.scopes}, ' ')`,
    })
    .from(tokens)
    .innerJoin(tenants, eq(tenants.id, tokens.tenantId))
    .where(
      and(
        eq(tokens.tokenHash, createHash("sha256").update(token).digest()),
        eq(tokens.active, true),
        isNull(tokens.revokedAt),
        or(isNull(tokens.revokeAt), gt(tokens.revokeAt, sql`now()`)),
        eq(tenants.status, "active"),
        ne(tenants.authType, "JWT"),
      ),
    );
  if (!found) return Response.json({ Code: "invalid_token" }, { status: 401 });
  const body = { Active: true, ...found, AuthType: "SystemAccessToken", ExpiresAt: null };
  return Response.json(body, { headers: { "Cache-Control": "no-store" } });
}
