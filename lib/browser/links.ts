import { call } from "@/lib/browser/http";
import type { OpenInvitation } from "@/lib/members/schema";

export type InvitationView = OpenInvitation & { signedInAs: string | null };

export const lookUpInvitation = (secret: string) =>
  call<InvitationView>("POST", "/api/invitations/look-up", { body: { secret } });

export const acceptInvitation = (input: { secret: string; name?: string; password?: string }) =>
  call<{ tenantId: string; email: string; created: boolean }>("POST", "/api/invitations/accept", {
    body: input,
  });

export const requestReset = (email: string) =>
  call<unknown>("POST", "/api/password-resets", { body: { email } });

export const lookUpReset = (secret: string) =>
  call<{ email: string }>("POST", "/api/password-resets/look-up", { body: { secret } });

export const completeReset = (secret: string, password: string) =>
  call<{ email: string }>("POST", "/api/password-resets/complete", { body: { secret, password } });

/** The secret that this page's address carries, or null where it carries none. */
export function linkSecret(): string | null {
  const secret = location.hash.slice(1);
  return /^[A-Za-z0-9_-]{43}$/.test(secret) ? secret : null;
}
