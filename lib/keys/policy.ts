import type { Policy } from "@/lib/keys/schedule";
import { settings } from "@/lib/settings";

/** How the settings want keys to rotate. */
export const keyPolicy = (): Policy => ({
  rotateAfterDays: settings().BROKER_KEY_ROTATION_DAYS,
  maxAgeSeconds: settings().BROKER_JWKS_MAX_AGE,
});
