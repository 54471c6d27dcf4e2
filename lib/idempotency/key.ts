import { AppError } from "@/lib/errors";
import type { Call } from "@/lib/http/call";

const form = /^[\x21-\x7e]{1,255}$/;

/**
 * The caller's `Idempotency-Key`: 1 to 255 visible ASCII characters; undefined where none is sent.
 * @throws AppError `invalid_request` for one of another form.
 */
export function idempotencyKeyOf(call: Call): string | undefined {
  const key = call.header("idempotency-key");
  if (key === null) return undefined;
  if (form.test(key)) return key;
  const message = "Must be 1 to 255 visible ASCII characters.";
  throw new AppError("invalid_request", `Idempotency-Key: ${message}`, {
    issues: [{ path: "Idempotency-Key", message }],
  });
}
