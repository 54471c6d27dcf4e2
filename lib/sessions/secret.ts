import { createHash, randomBytes } from "node:crypto";

/** Seconds without a request after which a session is over. */
export const idleSeconds = 8 * 60 * 60;
/** Seconds after which a session is over in any case. */
export const lifetimeSeconds = 7 * 24 * 60 * 60;

/** What the cookie names a session by: 256 random bits. */
export const generateSessionSecret = (): string => randomBytes(32).toString("base64url");

/** SHA-256 of it: all that the database keeps. */
export const hashSessionSecret = (secret: string): Buffer =>
  createHash("sha256").update(secret).digest();
