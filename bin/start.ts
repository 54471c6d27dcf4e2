import cluster, { type Worker } from "node:cluster";
import { availableParallelism } from "node:os";
import { ensureBuild } from "@/bin/build";
import { openEnvironment } from "@/bin/environment";
import { greet } from "@/bin/greeting";
import { closeDatabase } from "@/db/client";
import { keepLimits } from "@/lib/limits/bad-credentials";
import { log } from "@/lib/log";
import { relayMetrics } from "@/lib/operations/metrics";
import { ensureDemo } from "@/lib/provisioning/first-run";

/** `npm start`: database, migrations, build, first run, then one worker a core under supervision. */
async function main() {
  const dev = process.argv.includes("--dev");
  process.chdir(new URL("..", import.meta.url).pathname);
  const environment = await openEnvironment((line) => log().info(line));
  const { settings } = environment;
  process.env.HOST ??= environment.embedded ? "127.0.0.1" : "0.0.0.0";
  if (!dev) await ensureBuild({ log: (line) => log().info(line) });

  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    const workers = Object.values(cluster.workers ?? {}) as Worker[];
    await Promise.all(workers.map(stopWorker));
    await closeDatabase();
    await environment.release();
    process.exit(0);
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);

  cluster.setupPrimary({
    exec: new URL("./worker.ts", import.meta.url).pathname,
    args: process.argv.slice(2),
  });
  relayMetrics();
  keepLimits();
  cluster.on("exit", (worker, code, signal) => {
    if (stopping) return;
    log().error({ worker: worker.id, code, signal }, "worker ended; starting another");
    setTimeout(() => stopping || cluster.fork(), 500);
  });
  const wanted = Number(process.env.WEB_CONCURRENCY) || availableParallelism();
  await Promise.all(Array.from({ length: dev ? 1 : wanted }, startWorker));
  const demo = settings.BROKER_DEMO ? await ensureDemo() : null;
  greet(settings.publicUrl, demo);
}

function startWorker(): Promise<void> {
  const worker = cluster.fork();
  return new Promise((resolve) =>
    worker.on("message", (said) => said === "listening" && resolve()),
  );
}

async function stopWorker(worker: Worker): Promise<void> {
  const ended = new Promise<void>((resolve) => worker.once("exit", () => resolve()));
  worker.send("stop");
  const late = setTimeout(() => worker.process.kill("SIGKILL"), 13_000);
  await ended;
  clearTimeout(late);
}

main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
