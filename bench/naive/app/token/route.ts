import { createHash, randomUUID } from "node:crypto";
import { and, eq, isNull } from "drizzle-orm";
import { exportJWK, generateKeyPair, importJWK, SignJWT } from "jose";
import { clientSecrets, clients, tenants } from "@/db/schema";
import { database } from "../../database";

export const dynamic = "force-dynamic";

const jwk = generateKeyPair("ES256", { extractable: true }).then(({ privateKey }) =>
  exportJWK(privateKey),
);

/** JWT issue as one would write it first: one query, and jose with a key imported each time. */
export async function POST(request: Request): Promise<Response> {
  const form = new URLSearchParams(await request.text());
  const basic = request.headers.get("authorization")?.replace(/^basic +/i, "");
  const [id, secret] = basic
    ? Buffer.from(basic, "base64").toString().split(":")
    : [form.get("client_id"), form.get("client_secret")];
  const [found] = await database
    .select({ tenantId: clients.tenantId, clientId: clients.clientId })
    .from(clients)
    .innerJoin(clientSecrets, eq(clientSecrets.clientUuid, clients.id))
    .innerJoin(tenants, eq(tenants.id, clients.tenantId))
    .where(
      and(
        eq(clients.clientId, id ?? ""),
        eq(
          clientSecrets.secretHash,
          createHash("sha256")
            .update(secret ?? "")
            .digest(),
        ),
        eq(clients.active, true),
        isNull(clients.revokedAt),
        isNull(clientSecrets.retiredAt),
        eq(tenants.status, "active"),
      ),
    );
  if (!found) return Response.json({ error: "invalid_client" }, { status: 401 });
  const access_token = await new SignJWT({ client_id: found.clientId, entity_id: found.tenantId })
    .setProtectedHeader({ alg: "ES256", typ: "at+jwt" })
    .setIssuer("bench")
    .setAudience("bench")
    .setSubject(found.clientId)
    .setJti(randomUUID())
    .setIssuedAt()
    .setExpirationTime("1h")
    .sign(await importJWK(await jwk, "ES256"));
  return Response.json({ access_token, token_type: "bearer", expires_in: 3600 });
}
