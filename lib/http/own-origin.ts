import { AppError } from "@/lib/errors";
import type { Call } from "@/lib/http/call";
import { settings } from "@/lib/settings";

const loopback = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * Refuses a request that another site, or none, has made the browser send.
 * @throws AppError `foreign_origin` where `Origin` is absent, `null` or not the public URL's.
 */
export function demandOwnOrigin(call: Pick<Call, "header">): void {
  if (isOwnOrigin(call.header("origin"), settings().publicUrl)) return;
  throw new AppError("foreign_origin", "This request did not come from the portal's own pages.");
}

/** Whether an `Origin` is the public URL's. A loopback URL goes by all of that address's names. */
export function isOwnOrigin(origin: string | null, publicUrl: string): boolean {
  if (!origin || !URL.canParse(origin)) return false;
  const own = new URL(publicUrl);
  const other = new URL(origin);
  if (other.origin !== origin) return false;
  if (other.origin === own.origin) return true;
  return (
    loopback.has(own.hostname) &&
    loopback.has(other.hostname) &&
    other.protocol === own.protocol &&
    other.port === own.port
  );
}
