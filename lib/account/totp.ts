import { onPlatform, type Transaction } from "@/db/client";
import {
  confirmTotp as confirm,
  findSecrets,
  type SecretsRow,
  spendTotpStep,
  updateRecoveryCodes,
  updateTotp,
} from "@/db/queries/account";
import { provePassword, wrong } from "@/lib/account/prove";
import type { ProveInput, RecoveryCodes, TotpSeed } from "@/lib/account/schema";
import { countingCodes, spendSecondFactor } from "@/lib/account/second-factor";
import {
  describeSeed,
  generateRecoveryCodes,
  generateSeed,
  hashRecoveryCode,
  sealSeed,
  stepOfCode,
  unsealSeed,
} from "@/lib/account/totp-code";
import { AppError } from "@/lib/errors";
import type { UserPrincipal } from "@/lib/principal";
import { recordForUser } from "@/lib/sessions/record";

/**
 * Begins to turn two-step sign-in on: a seed, which counts for nothing until a code of it came back.
 * @throws AppError `conflict` where it is on; as `provePassword`.
 */
export async function beginTotp(
  principal: UserPrincipal,
  input: { password: string },
): Promise<TotpSeed> {
  await provePassword(principal, input.password, "password");
  const seed = generateSeed();
  await onPlatform(async (tx) => {
    const user = await lockSecrets(tx, principal);
    if (user.totpConfirmedAt) throw new AppError("conflict", "Two-step sign-in is on already.");
    await updateTotp(tx, user.id, sealSeed(seed, user.id));
  });
  return describeSeed(seed, principal.email);
}

/**
 * Turns two-step sign-in on by a first code.
 * @returns recovery codes, of which only hashes are kept.
 * @throws AppError `invalid_request` for a wrong code; `conflict` where there is nothing to confirm.
 */
export async function confirmTotp(
  principal: UserPrincipal,
  input: { code: string },
): Promise<RecoveryCodes> {
  const recoveryCodes = generateRecoveryCodes();
  return countingCodes(principal.origin, principal.email, async (tx) => {
    const user = await lockSecrets(tx, principal);
    if (!user.totpCiphertext || user.totpConfirmedAt) {
      throw new AppError("conflict", "There is nothing to confirm. Start again.");
    }
    const step = stepOfCode(unsealSeed(user.totpCiphertext, user.id), input.code, Date.now());
    if (step === null || !(await spendTotpStep(tx, user.id, step))) throw wrongCode();
    await confirm(tx, user.id, recoveryCodes.map(hashRecoveryCode));
    await recordForUser(tx, principal.origin, user, "user.totp-enabled");
    return { recoveryCodes };
  });
}

/** Turns two-step sign-in off, by password and code. @throws as `beginTotp`, `confirmTotp` */
export async function disableTotp(principal: UserPrincipal, input: ProveInput): Promise<void> {
  await provePassword(principal, input.password, "password");
  await countingCodes(principal.origin, principal.email, async (tx) => {
    await spendCode(tx, principal, input.code);
    await updateTotp(tx, principal.userId, null);
    const user = { id: principal.userId, email: principal.email };
    await recordForUser(tx, principal.origin, user, "user.totp-disabled");
  });
}

/** Makes new recovery codes; the old ones are void. @throws as `disableTotp` */
export async function renewRecoveryCodes(
  principal: UserPrincipal,
  input: ProveInput,
): Promise<RecoveryCodes> {
  await provePassword(principal, input.password, "password");
  const recoveryCodes = generateRecoveryCodes();
  return countingCodes(principal.origin, principal.email, async (tx) => {
    await spendCode(tx, principal, input.code);
    await updateRecoveryCodes(tx, principal.userId, recoveryCodes.map(hashRecoveryCode));
    const user = { id: principal.userId, email: principal.email };
    await recordForUser(tx, principal.origin, user, "user.recovery-codes-renewed");
    return { recoveryCodes };
  });
}

async function lockSecrets(tx: Transaction, principal: UserPrincipal): Promise<SecretsRow> {
  return (await findSecrets(tx, principal.userId, true)) as SecretsRow;
}

async function spendCode(tx: Transaction, principal: UserPrincipal, code: string): Promise<void> {
  const user = await lockSecrets(tx, principal);
  if (!user.totpConfirmedAt) throw new AppError("conflict", "Two-step sign-in is off.");
  if (!(await spendSecondFactor(tx, user, code, Date.now()))) throw wrongCode();
}

const wrongCode = () => wrong("code", "This code is not good, or was used already.");
