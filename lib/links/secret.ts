import { createHash, randomBytes } from "node:crypto";
import { AppError } from "@/lib/errors";
import { settings } from "@/lib/settings";

/** What a one-time link is for, and how many seconds it holds. */
export const lifetimeOf = { invitation: 72 * 60 * 60, "password-reset": 60 * 60 } as const;
export type LinkKind = keyof typeof lifetimeOf;

const pages: Record<LinkKind, string> = {
  invitation: "/accept-invitation",
  "password-reset": "/reset-password",
};

/** The secret of a link: 256 random bits. */
export const generateLinkSecret = (): string => randomBytes(32).toString("base64url");

/** SHA-256 of it: all that the database keeps. */
export const hashLinkSecret = (secret: string): Buffer =>
  createHash("sha256").update(secret).digest();

/**
 * The link itself. Its secret is in the fragment, which no server, log or `Referer` gets to see,
 * and which a mail scanner that opens links doesn't send.
 */
export const linkUrl = (kind: LinkKind, secret: string): string =>
  `${settings().publicUrl}${pages[kind]}#${secret}`;

/** What every link that can't be used answers, whyever that is. */
export const linkIsOver = (): AppError =>
  new AppError("not_found", "This link was used, withdrawn, or is too old. Ask for another one.");
