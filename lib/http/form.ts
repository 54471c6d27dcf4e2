import { AppError } from "@/lib/errors";
import type { Call } from "@/lib/http/call";
import { bodyLimit } from "@/lib/http/json";

/** Parameters of a form by name; those sent without a value count as left out (RFC 6749 §3.2). */
export type Form = ReadonlyMap<string, string>;

/**
 * Reads an `application/x-www-form-urlencoded` body in UTF-8.
 * @throws AppError `invalid_request` for another media type or charset, malformed encoding and a
 *   parameter that repeats (RFC 6749 section 3.2); `payload_too_large`.
 */
export async function readForm(call: Call): Promise<Form> {
  const [type, ...parameters] = (call.header("content-type") ?? "")
    .split(";")
    .map((part) => part.trim().toLowerCase());
  if (type !== "application/x-www-form-urlencoded") {
    throw malformed("Send the body as Content-Type: application/x-www-form-urlencoded.");
  }
  const charset = parameters.find((parameter) => parameter.startsWith("charset="));
  if (charset && !/^charset="?(utf-8|us-ascii)"?$/.test(charset)) {
    throw malformed("Send the body in UTF-8.");
  }
  const bytes = await call.readBody(bodyLimit);
  if (!bytes) throw new AppError("payload_too_large", "The body is larger than 64 KiB.");
  return parseForm(bytes);
}

function parseForm(bytes: Buffer): Form {
  const form = new Map<string, string>();
  for (const pair of bytes.toString("utf8").split("&")) {
    if (pair === "") continue;
    const at = pair.indexOf("=");
    const name = decode(at < 0 ? pair : pair.slice(0, at));
    const value = at < 0 ? "" : decode(pair.slice(at + 1));
    if (form.has(name)) throw malformed(`The parameter ${printable(name)} repeats.`);
    form.set(name, value);
  }
  for (const [name, value] of form) if (value === "") form.delete(name);
  return form;
}

/** Strict: a stray `%` or bytes that are no UTF-8 are an error, not a replacement character. */
function decode(text: string): string {
  if (text.includes("\ufffd")) throw malformed("The body is not UTF-8.");
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    throw malformed("The body is not properly percent-encoded.");
  }
}

/** RFC 6749 section 5.2 lets a description hold printable ASCII but quote and backslash. */
const printable = (text: string) =>
  text.slice(0, 40).replace(/[^\x20-\x21\x23-\x5b\x5d-\x7e]/g, "?");

const malformed = (message: string) => new AppError("invalid_request", message);
