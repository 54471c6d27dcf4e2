import type { RefusalReason } from "@/lib/usage/schema";

/** Why a call was refused: in a word or two, and what it means. The caller was told neither. */
export const refusalWords: Record<RefusalReason, { name: string; meaning: string }> = {
  inactive: { name: "Inactive", meaning: "The token or client was switched off." },
  revoked: { name: "Revoked", meaning: "The token or client was revoked for good." },
  "overlap-ended": {
    name: "Replaced",
    meaning: "The token was replaced, and the overlap with its successor had ended.",
  },
  "tenant-suspended": {
    name: "Tenant not active",
    meaning: "The Tenant was suspended or deleted.",
  },
  "auth-type": {
    name: "Wrong kind",
    meaning: "The Tenant accepts only the other kind: System Access Tokens, or JWTs.",
  },
  scope: { name: "Scope missing", meaning: "The credential was good, but lacked a scope." },
  expired: { name: "Expired", meaning: "The JWT's time was over." },
  "jti-revoked": { name: "JWT revoked", meaning: "This one JWT was revoked before its time." },
  unknown: { name: "Unknown", meaning: "It has the right form, but is nobody's." },
  malformed: {
    name: "Malformed",
    meaning: "Not one of ours: cut, mistyped, or another system's.",
  },
};

export const refusalReasons = Object.keys(refusalWords) as RefusalReason[];
