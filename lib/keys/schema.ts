import type { SigningKeyRow } from "@/db/queries/keys";
import { type KeyState, stateOf } from "@/lib/keys/schedule";

/** A signing key as operators see it: its public half and its times. */
export type SigningKey = {
  kid: string;
  state: KeyState | "outlived";
  publicJwk: Record<string, string>;
  createdAt: string;
  signsFrom: string;
  signsUntil: string | null;
  publishedUntil: string | null;
};

/** Stored keys as operators see them, in the order in which they sign. */
export function toSigningKeys({ keys, now }: { keys: SigningKeyRow[]; now: Date }): SigningKey[] {
  return keys.map((row) => ({
    kid: row.kid,
    state: stateOf(row, keys, now) ?? "outlived",
    publicJwk: row.publicJwk,
    createdAt: row.createdAt.toISOString(),
    signsFrom: row.signsFrom.toISOString(),
    signsUntil: row.signsUntil?.toISOString() ?? null,
    publishedUntil: row.publishedUntil?.toISOString() ?? null,
  }));
}
