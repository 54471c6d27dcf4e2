import { v7 as uuidv7 } from "uuid";
import type { Transaction } from "@/db/client";
import { countLiveTokens, insertToken, type TokenRow } from "@/db/queries/tokens";
import { generateSecret, hashSecret, hintOf } from "@/lib/credentials/secret-format";
import { AppError } from "@/lib/errors";
import { limitIssuance } from "@/lib/limits/issuance";
import { settings } from "@/lib/settings";

export type NewTokenInput = {
  tenantId: string;
  name: string;
  scopes: string[];
  active?: boolean;
  replaces?: string;
};

/**
 * Makes a token inside a transaction: the one place where a System Access Token is born.
 * @returns its row and the secret, which is kept nowhere.
 * @throws AppError `conflict` once the Tenant holds as many live tokens as it may,
 *   `too_many_requests` once it was issued too many within a minute.
 */
export async function createToken(
  tx: Transaction,
  input: NewTokenInput,
): Promise<{ row: TokenRow; secret: string }> {
  await limitIssuance(tx, input.tenantId);
  const most = settings().BROKER_TOKENS_PER_TENANT;
  if ((await countLiveTokens(tx, input.tenantId)) >= most) {
    throw new AppError(
      "conflict",
      `This Tenant holds ${most} live tokens, the most it may. Revoke one first.`,
    );
  }
  const secret = generateSecret("sbat_");
  const row = await insertToken(tx, {
    id: uuidv7(),
    tenantId: input.tenantId,
    name: input.name,
    tokenHash: hashSecret(secret),
    hint: hintOf(secret),
    scopes: input.scopes,
    active: input.active ?? true,
    replaces: input.replaces ?? null,
  });
  return { row, secret };
}
