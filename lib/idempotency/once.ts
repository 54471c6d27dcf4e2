import { createHash, hkdfSync } from "node:crypto";
import type { Transaction } from "@/db/client";
import { claimKey, keepAnswer } from "@/db/queries/idempotency";
import { canonicalJson } from "@/lib/audit/chain";
import { AppError } from "@/lib/errors";
import type { Principal } from "@/lib/principal";
import { deriveKey, seal, unseal } from "@/lib/secret-key";

/** A call that its caller may repeat because the answer got lost. */
export type RepeatableCall = {
  /** The caller's `Idempotency-Key`; without one the work is simply done. */
  key: string | undefined;
  /** Whose row it is in the database. */
  tenantId: string;
  /** What is asked for: a repetition asks for the same. */
  action: string;
  input: Record<string, unknown>;
};

/**
 * Does work once for an idempotency key of a caller, within 24 hours. A repetition gets the first
 * answer, secret included; two at once do the work once. Key, answer and work commit together.
 *
 * The answer is sealed under a key made of the caller's key and the secret key, neither of which
 * the database holds. `T` is plain JSON.
 * @throws AppError `conflict` where the same key was used to ask for something else.
 */
export async function once<T>(
  tx: Transaction,
  principal: Principal,
  call: RepeatableCall,
  work: () => Promise<T>,
): Promise<T> {
  const { key, tenantId, action, input } = call;
  if (key === undefined) return work();
  const caller = callerOf(principal);
  const keyHash = sha256(`idempotency-key\n${caller}\n${key}`);
  const requestHash = sha256(canonicalJson({ action, input }));
  const context = `${tenantId}/${keyHash.toString("hex")}`;
  const earlier = await claimKey(tx, { tenantId, keyHash, requestHash });
  if (!earlier) {
    const result = await work();
    const answer = seal(Buffer.from(JSON.stringify(result)), answerKey(key), context);
    await keepAnswer(tx, { tenantId, keyHash, answer });
    return result;
  }
  if (!earlier.requestHash.equals(requestHash)) {
    throw new AppError("conflict", "This Idempotency-Key was used for another request.");
  }
  return JSON.parse(opened(earlier.answer, key, context));
}

function opened(answer: Buffer | null, key: string, context: string): string {
  try {
    return unseal(answer as Buffer, answerKey(key), context).toString();
  } catch {
    // The secret key has been changed since: the work is done, but its answer can't be read.
    throw new AppError("conflict", "This call was made already; its answer can't be shown again.");
  }
}

const sha256 = (text: string) => createHash("sha256").update(text).digest();

const answerKey = (key: string): Buffer =>
  Buffer.from(hkdfSync("sha256", key, deriveKey("idempotency"), "idempotent answer", 32));

function callerOf(principal: Principal): string {
  if (principal.kind === "system") return `system ${principal.publicId}`;
  return principal.kind === "user" ? `user ${principal.userId}` : principal.kind;
}
