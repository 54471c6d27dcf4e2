import { signChains } from "@/lib/audit/checkpoints";
import { runInBackground } from "@/lib/operations/background";
import { sweepExpired } from "@/lib/operations/housekeeping";
import { settings } from "@/lib/settings";
import { tidyUsage } from "@/lib/usage/retention";
import { deliverWebhooks } from "@/lib/webhooks/deliver";

const second = 1_000;

/** Starts what a worker does beside the calls. @returns a function that stops it, waiting for what is under way. */
export function startBackground(): () => Promise<void> {
  return runInBackground([
    { name: "webhooks", everyMs: second, run: deliverWebhooks },
    {
      name: "audit-checkpoints",
      everyMs: settings().BROKER_AUDIT_SIGN_EVERY * second,
      run: signChains,
    },
    { name: "expired", everyMs: 600 * second, run: sweepExpired },
    { name: "usage-retention", everyMs: 600 * second, run: tidyUsage },
  ]);
}
