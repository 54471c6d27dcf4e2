import type { JWK } from "jose";
import { onPlatform } from "@/db/client";
import { readKeys } from "@/db/queries/keys";
import { type HeadSigner, signCompact } from "@/lib/audit/head";
import { jwks } from "@/lib/keys/jwks";
import { openKey } from "@/lib/keys/material";
import { signingKey } from "@/lib/keys/ring";

/** Signs with the key that signs JWTs at this moment. @throws DatabaseUnavailable */
export async function currentSigner(): Promise<{ kid: string; sign: HeadSigner }> {
  const { key } = await signingKey();
  const { kid } = key;
  const sign: HeadSigner = async (payload, typ) => ({
    kid,
    jws: await signCompact(payload, { kid, privateKey: key.privateKey() }, typ),
  });
  return { kid, sign };
}

/** The public keys that anybody may have, as a JWK Set's `keys`. */
export const publicKeys = async (): Promise<Record<string, string>[]> => (await jwks()).keys;

/**
 * Public keys whose private half opens under our secret key: one that somebody else put into the
 * database is not among them.
 */
export async function trustedKeys(): Promise<JWK[]> {
  const { keys } = await onPlatform(readKeys);
  return keys.filter(opens).map(({ kid, publicJwk }) => ({ ...publicJwk, kid }));
}

function opens(key: Parameters<typeof openKey>[0]): boolean {
  try {
    openKey(key);
    return true;
  } catch {
    return false;
  }
}
