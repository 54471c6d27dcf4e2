import { z } from "zod";
import { linkSecretSchema } from "@/lib/links/schema";
import { newPasswordSchema } from "@/lib/users/new-password";
import { emailSchema } from "@/lib/users/schema";

const given = z.string().min(1, "Must be given.").max(1024);

export const changePasswordSchema = z.strictObject({ current: given, next: newPasswordSchema });
export type ChangePasswordInput = z.infer<typeof changePasswordSchema>;

export const requestResetSchema = z.strictObject({ email: emailSchema });
export const completeResetSchema = z.strictObject({
  secret: linkSecretSchema,
  password: newPasswordSchema,
});
export type CompleteResetInput = z.infer<typeof completeResetSchema>;

/** Six digits of an authenticator, or a recovery code, as people type them. */
export const codeSchema = z.string().min(1, "Must be given.").max(64);

export const beginTotpSchema = z.strictObject({ password: given });
export const confirmTotpSchema = z.strictObject({ code: codeSchema });
export const proveSchema = z.strictObject({ password: given, code: codeSchema });
export type ProveInput = z.infer<typeof proveSchema>;

/** A seed to put into an authenticator: as an address for a QR code, and to be typed. */
export type TotpSeed = { uri: string; secret: string };
/** Recovery codes, shown once. */
export type RecoveryCodes = { recoveryCodes: string[] };

/** A place where somebody is signed in. */
export type OpenSession = {
  id: string;
  address: string | null;
  userAgent: string | null;
  createdAt: string;
  lastSeenAt: string;
  current: boolean;
};

/** What the account page shows. */
export type Account = {
  email: string;
  name: string;
  hasPassword: boolean;
  totpSince: string | null;
  recoveryCodesLeft: number;
  sessions: OpenSession[];
};
