import { CompactSign, compactVerify, decodeProtectedHeader, importJWK, type JWK } from "jose";
import { z } from "zod";
import type { SignedHead } from "@/lib/audit/schema";
import { uuid } from "@/lib/ids";

/** The end of a chain at some moment. */
export type ChainHead = { tenantId: string; sequence: number; hash: string; signedAt: string };
/** Whoever can sign with the current signing key. */
export type HeadSigner = (
  payload: Uint8Array,
  typ: string,
) => Promise<{ kid: string; jws: string }>;

const typ = "servicebroker-audit-head";
const payloadSchema = z.object({
  entity_id: uuid,
  sequence: z.number().int(),
  hash: z.string(),
  signed_at: z.iso.datetime(),
});

/** Signs the end of a chain: a compact JWS whose `typ` no access token has. */
export async function signHead(head: ChainHead, sign: HeadSigner): Promise<SignedHead> {
  const payload: z.infer<typeof payloadSchema> = {
    entity_id: head.tenantId,
    sequence: head.sequence,
    hash: head.hash,
    signed_at: head.signedAt,
  };
  const { kid, jws } = await sign(Buffer.from(JSON.stringify(payload)), typ);
  return { ...head, kid, signature: jws };
}

/**
 * Reads a signed head.
 * @param keys public keys that are trusted, each with its `kid`.
 * @returns null where none of them has signed it.
 */
export async function readHead(jws: string, keys: JWK[]): Promise<ChainHead | null> {
  try {
    const { kid } = decodeProtectedHeader(jws);
    const jwk = keys.find((key) => key.kid === kid);
    if (!jwk) return null;
    const { payload, protectedHeader } = await compactVerify(jws, await importJWK(jwk, "ES256"), {
      algorithms: ["ES256"],
    });
    if (protectedHeader.typ !== typ) return null;
    const claims = payloadSchema.parse(JSON.parse(Buffer.from(payload).toString("utf8")));
    return {
      tenantId: claims.entity_id,
      sequence: claims.sequence,
      hash: claims.hash,
      signedAt: claims.signed_at,
    };
  } catch {
    return null;
  }
}

/** A compact JWS by ES256 with a key at hand. */
export const signCompact = (
  payload: Uint8Array,
  key: { kid: string; privateKey: Parameters<CompactSign["sign"]>[0] },
  type: string,
): Promise<string> =>
  new CompactSign(payload)
    .setProtectedHeader({ alg: "ES256", kid: key.kid, typ: type })
    .sign(key.privateKey);
