import { onPlatform } from "@/db/client";
import { insertCheckpoints, listUnsignedChains, type UnsignedChain } from "@/db/queries/audit";
import { tryLock } from "@/db/queries/locks";
import { signHead } from "@/lib/audit/head";
import { currentSigner } from "@/lib/audit/signer";
import { log } from "@/lib/log";

const batch = 200;

/**
 * Signs the ends of chains that have grown, or that the current key has not signed yet. A chain
 * that has lost what was signed before is not signed again: it is logged, and `audit verify` shows it.
 * @returns how many were signed. One instance at a time; the others have nothing to do.
 */
export async function signChains(): Promise<number> {
  const signer = await currentSigner();
  return onPlatform(async (tx) => {
    if (!(await tryLock(tx, "audit-checkpoints"))) return 0;
    const chains = await listUnsignedChains(tx, signer.kid, batch);
    const sound = chains.filter(holds);
    const heads = await Promise.all(
      sound.map(({ tenantId, sequence, hash, now }) =>
        signHead({ tenantId, sequence, hash, signedAt: now }, signer.sign),
      ),
    );
    const rows = heads.map((head) => ({
      ...head,
      hash: Buffer.from(head.hash, "hex"),
      signedAt: new Date(head.signedAt),
    }));
    await insertCheckpoints(tx, rows);
    return rows.length;
  });
}

function holds(chain: UnsignedChain): boolean {
  if (!chain.holds) log().error({ tenantId: chain.tenantId }, "audit chain was tampered with");
  return chain.holds;
}
