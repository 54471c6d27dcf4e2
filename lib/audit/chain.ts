import { createHash } from "node:crypto";

/** An audit event as it is hashed, stored and exported; times are ISO 8601 UTC with milliseconds. */
export type ChainedEvent = {
  id: string;
  tenantId: string;
  sequence: number;
  occurredAt: string;
  actor: { type: string; id: string | null; name: string };
  action: string;
  target: { type: string; id: string; name: string | null };
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  origin: { address: string | null; userAgent: string | null; requestId: string | null };
  /** Hex SHA-256 of the event before it; 64 zeros for the first. */
  previousHash: string;
};

/** JSON with sorted keys and no white space (RFC 8785 for our values: strings, integers, booleans). */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value) ?? "null";
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  const entries = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`);
  return `{${entries.join(",")}}`;
}

/** SHA-256 over an event's canonical JSON, which holds its predecessor's hash: the chain's link. */
export const hashOfEvent = (event: ChainedEvent): Buffer =>
  createHash("sha256").update(canonicalJson(event)).digest();
