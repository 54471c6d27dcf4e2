import { randomBytes } from "node:crypto";
import { deriveKey, reseal, seal, unseal } from "@/lib/secret-key";

const contextOf = (webhookId: string) => `webhook/${webhookId}`;

/** A fresh signing secret of the Standard Webhooks scheme: `whsec_` and 32 random bytes in base64. */
export const generateWebhookSecret = (): string => `whsec_${randomBytes(32).toString("base64")}`;

export const sealWebhookSecret = (webhookId: string, secret: string): Buffer =>
  seal(Buffer.from(secret), deriveKey("webhooks"), contextOf(webhookId));

/** @throws Error where the secret key is another than the one it was sealed under. */
export const openWebhookSecret = (webhookId: string, sealed: Buffer): string =>
  unseal(sealed, deriveKey("webhooks"), contextOf(webhookId)).toString();

/** A stored secret, sealed anew under the secret key from an older one. @throws as `reseal` */
export const resealWebhookSecret = (webhookId: string, sealed: Buffer, old: string): Buffer =>
  reseal(sealed, "webhooks", contextOf(webhookId), old);
