import { startBackground } from "@/bin/background";
import { serve } from "@/bin/server";
import { closeDatabase } from "@/db/client";
import { log } from "@/lib/log";
import { startHousekeeping } from "@/lib/operations/housekeeping";
import { reportMetrics } from "@/lib/operations/metrics";
import { flushUsage } from "@/lib/usage/record";

// Next would end the process at the first signal; the worker drains first.
process.env.NEXT_MANUAL_SIG_HANDLE = "true";

reportMetrics();

/** One worker of the supervisor in `start.ts`: serves until told to stop, then drains. */
const running = await serve({ root: process.cwd(), dev: process.argv.includes("--dev") });
process.send?.("listening");
const endHousekeeping = startHousekeeping();
const stopBackground = startBackground();

let stopping = false;
async function stop() {
  if (stopping) return;
  stopping = true;
  endHousekeeping();
  const idle = stopBackground();
  await running.close();
  await idle;
  await flushUsage();
  await closeDatabase();
  process.exit(0);
}
process.on("SIGTERM", stop);
process.on("SIGINT", () => {});
process.on("message", (message) => message === "stop" && stop());
process.on("disconnect", stop);
process.on("unhandledRejection", (reason) => log().error({ err: reason }, "unhandled rejection"));
