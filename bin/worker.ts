import { startBackground } from "@/bin/background";
import { type RunningServer, serve } from "@/bin/server";
import type { SupervisorSays, WorkerSays } from "@/bin/supervisor";
import { closeDatabase } from "@/db/client";
import { log } from "@/lib/log";
import { startHousekeeping } from "@/lib/operations/housekeeping";
import { reportMetrics } from "@/lib/operations/metrics";
import { settings } from "@/lib/settings";
import { flushUsage } from "@/lib/usage/record";

// Next would end the process at the first signal; the worker drains first.
process.env.NEXT_MANUAL_SIG_HANDLE = "true";

reportMetrics();
const say = (what: WorkerSays) => process.send?.(what);

/** One worker of the supervisor in `start.ts`: serves until told to stop, then drains. */
let running: RunningServer | undefined;
let endHousekeeping = () => {};
let stopBackground: () => Promise<unknown> = async () => {};
let stopping = false;

async function stop(grace: boolean) {
  if (stopping) return;
  stopping = true;
  endHousekeeping();
  const idle = stopBackground();
  await running?.close(grace ? settings().BROKER_STOP_GRACE_SECONDS * 1000 : 0);
  await idle;
  await flushUsage();
  await closeDatabase();
  process.exit(0);
}

process.on("SIGTERM", () => void stop(true));
process.on("SIGINT", () => {});
process.on("message", (said: SupervisorSays | null) => {
  if (typeof said === "object" && said?.stop) void stop(said.stop.grace);
});
process.on("disconnect", () => void stop(false));
process.on("unhandledRejection", (reason) => log().error({ err: reason }, "unhandled rejection"));

try {
  running = await serve({ root: process.cwd(), dev: process.argv.includes("--dev") });
  endHousekeeping = startHousekeeping();
  stopBackground = startBackground();
  say("listening");
} catch (error) {
  say({ failed: (error as Error).message });
  // Its channel is flushed by then; there is nothing to drain.
  process.disconnect?.();
  process.exit(1);
}
