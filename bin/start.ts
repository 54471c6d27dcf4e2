import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { bundleOf, ensureBuild } from "@/bin/build";
import { openEnvironment } from "@/bin/environment";
import { greet } from "@/bin/greeting";
import { type Supervisor, supervise } from "@/bin/supervisor";
import { closeDatabase } from "@/db/client";
import { keepLimits } from "@/lib/limits/bad-credentials";
import { log } from "@/lib/log";
import { relayMetrics } from "@/lib/operations/metrics";
import { ensureDemo } from "@/lib/provisioning/first-run";

/** A terminal's Ctrl-C reaches us directly and by npm: one press is not two. */
const samePressMs = 500;

const workerSource = {
  exec: resolve("bin/worker.ts"),
  execArgv: process.execArgv,
};
const bundledWorker = {
  exec: bundleOf("worker"),
  execArgv: [
    "--enable-source-maps",
    // MiB. Counts live for a second: in the usual 16 most of them would be moved twice.
    "--max-semi-space-size=64",
    ...process.execArgv.filter((argument) => argument.startsWith("--cpu-prof")),
  ],
};

/** `npm start`: database, migrations, build, first run, then one worker a core under supervision. */
async function main() {
  const dev = process.argv.includes("--dev");
  const environment = await openEnvironment((line) => log().info(line));
  const { settings } = environment;
  process.env.HOST ??= environment.embedded ? "127.0.0.1" : "0.0.0.0";

  let supervisor: Supervisor | undefined;
  let stoppingSince: number | undefined;
  const end = async (status: number) => {
    await closeDatabase();
    await environment.release();
    process.exit(status);
  };
  const stop = (signal: NodeJS.Signals) => {
    if (stoppingSince !== undefined) {
      if (performance.now() - stoppingSince < samePressMs) return;
      supervisor?.kill();
      void end(1);
      return;
    }
    stoppingSince = performance.now();
    // Behind a proxy it is SIGTERM; at a terminal nobody has to move over.
    void (supervisor?.stop(signal === "SIGTERM") ?? Promise.resolve()).then(() => end(0));
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);

  try {
    if (!dev) await ensureBuild({ log: (line) => log().info(line) });
    relayMetrics();
    keepLimits();
    supervisor = await supervise({
      ...(dev ? workerSource : bundledWorker),
      args: process.argv.slice(2),
      count: dev ? 1 : (settings.WEB_CONCURRENCY ?? availableParallelism()),
    });
    const demo = settings.BROKER_DEMO ? await ensureDemo() : null;
    greet(settings.publicUrl, demo);
  } catch (error) {
    if (stoppingSince !== undefined) return;
    process.stderr.write(`${(error as Error).message}\n`);
    supervisor?.kill();
    await end(1);
  }
}

main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
