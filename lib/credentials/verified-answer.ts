import { z } from "zod";
import { AppError } from "@/lib/errors";
import { type Answer, type Call, queryOf } from "@/lib/http/call";
import { uuid } from "@/lib/ids";
import type { SystemPrincipal, VerifiedForm } from "@/lib/principal";
import { authTypeSchema } from "@/lib/tenants/schema";

/** What verify says of a good credential (contract §5). */
export const verifiedSchema = z
  .object({
    Active: z.literal(true),
    EntityId: uuid,
    TokenId: uuid.optional(),
    ClientId: z.string().optional(),
    Name: z.string(),
    AuthType: authTypeSchema.exclude(["Any"]),
    Scopes: z.array(z.string()),
    ExpiresAt: z.iso.datetime().nullable(),
  })
  .meta({ id: "Verified" });

/** RFC 8187 section 3.2.1: `UTF-8''` and percent-encoding of all but attr-char. */
export function encodeExtValue(text: string): string {
  const encoded = encodeURIComponent(text).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `UTF-8''${encoded}`;
}

/** The answer of verify: the body for people, the headers for gateways. */
export function toVerifiedAnswer(principal: SystemPrincipal): Answer {
  const { expiresAt } = principal;
  const form = formOf(principal);
  if (expiresAt === null) return form.unending;
  return { status: 200, headers: form.headers, body: `${form.start}"${timeOf(expiresAt)}"}` };
}

function formOf(principal: SystemPrincipal): VerifiedForm {
  const { memo } = principal;
  if (!memo) return makeForm(principal);
  memo.verified ??= makeForm(principal);
  return memo.verified;
}

let lastTime = { seconds: 0, text: "" };

/** A time in ISO 8601; JWTs that were issued together expire together. */
function timeOf(seconds: number): string {
  if (lastTime.seconds !== seconds) {
    lastTime = { seconds, text: new Date(seconds * 1000).toISOString() };
  }
  return lastTime.text;
}

function makeForm(principal: SystemPrincipal): VerifiedForm {
  const isToken = principal.credential === "token";
  const authType = isToken ? "SystemAccessToken" : "JWT";
  const { tenantId, publicId, name, scopes } = principal;
  const body: z.infer<typeof verifiedSchema> = {
    Active: true,
    EntityId: tenantId,
    ...(isToken ? { TokenId: publicId } : { ClientId: publicId }),
    Name: name,
    AuthType: authType,
    Scopes: scopes,
    ExpiresAt: null,
  };
  const headers = {
    "Content-Type": "application/json",
    "Cache-Control": "no-store",
    "X-ServiceBroker-Tenant": tenantId,
    "X-ServiceBroker-System": publicId,
    "X-ServiceBroker-System-Name": encodeExtValue(name),
    "X-ServiceBroker-Auth-Type": authType,
    "X-ServiceBroker-Scopes": scopes.join(" "),
  };
  const text = JSON.stringify(body);
  const start = text.slice(0, -"null}".length);
  return { headers, start, unending: { status: 200, headers, body: text, isShared: true } };
}

/** RFC 6749 section 3.3: no quote, backslash or control character, since challenges repeat it. */
const scopeToken = /^[\x21\x23-\x5b\x5d-\x7e]+$/;

/**
 * The scopes that a gateway demands by `?scope=a b`.
 * @throws AppError `invalid_request` for what can't be a scope.
 */
export function wantedScopes(call: Call): string[] {
  if (!call.target.includes("?")) return [];
  const wanted = queryOf(call)
    .getAll("scope")
    .flatMap((value) => value.split(" "))
    .filter((scope) => scope !== "");
  if (wanted.every((scope) => scopeToken.test(scope))) return wanted;
  const message = "Must be scopes of RFC 6749, by space.";
  throw new AppError("invalid_request", `?scope: ${message}`, {
    issues: [{ path: "?scope", message }],
  });
}
