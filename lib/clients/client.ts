import { randomInt } from "node:crypto";
import { v7 as uuidv7 } from "uuid";
import type { Transaction } from "@/db/client";
import {
  type ClientRow,
  type ClientSecretRow,
  insertClientSecret,
  listClientSecrets,
} from "@/db/queries/clients";
import { type Client, clientIdSchema } from "@/lib/clients/schema";
import { generateSecret, hashSecret, hintOf } from "@/lib/credentials/secret-format";
import { notFound } from "@/lib/errors";

const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** A fresh public id: `sbcl_` and 22 base62 characters, 130 random bits. */
export const generateClientId = (): string =>
  `sbcl_${Array.from({ length: 22 }, () => digits[randomInt(62)]).join("")}`;

/** A ClientId from a path. What has not its form names nothing: 404, as for any unknown one. */
export function clientIdFromPath(value: string | undefined): string {
  const parsed = clientIdSchema.safeParse(value);
  if (!parsed.success) throw notFound("client");
  return parsed.data;
}

/** A stored client with its secrets, of which only live ones are shown. */
export function toClient(row: ClientRow, secrets: ClientSecretRow[]): Client {
  return {
    tenantId: row.tenantId,
    clientId: row.clientId,
    name: row.name,
    scopes: row.scopes,
    active: row.active,
    status: row.status,
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
    secrets: secrets
      .filter((secret) => secret.clientUuid === row.id && secret.retiredAt === null)
      .map(({ id, hint, createdAt }) => ({ id, hint, createdAt: createdAt.toISOString() })),
  };
}

/** The same, with its secrets read in the transaction. */
export async function withSecrets(tx: Transaction, row: ClientRow): Promise<Client> {
  return toClient(row, await listClientSecrets(tx, row.tenantId, [row.id]));
}

/** Makes a secret for a client: the one place where one is born. Its plaintext is kept nowhere. */
export async function createSecret(
  tx: Transaction,
  client: ClientRow,
): Promise<{ row: ClientSecretRow; secret: string }> {
  const secret = generateSecret("sbcs_");
  const row = await insertClientSecret(tx, {
    id: uuidv7(),
    tenantId: client.tenantId,
    clientUuid: client.id,
    secretHash: hashSecret(secret),
    hint: hintOf(secret),
  });
  return { row, secret };
}
