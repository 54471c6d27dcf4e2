import cluster, { type Worker } from "node:cluster";
import { log } from "@/lib/log";

/** A worker that lived this long was healthy: its end starts the back-off anew. */
const healthyMs = 60_000;
const shortestPauseMs = 100;
const longestPauseMs = 10_000;
/** A worker that has not ended by itself this long after its order is killed. */
const mostStopMs = 13_000;

export type Supervisor = {
  /** Lets every worker finish: `grace` first goes on serving while proxies move over. */
  stop(grace: boolean): Promise<void>;
  /** Ends every worker at once. */
  kill(): void;
};

/**
 * Keeps `count` workers running: one that ends is replaced, after a pause that doubles while they
 * keep ending.
 * @returns once all of them listen
 * @throws Error with the reason of a worker that could not start: nothing runs any more then
 */
export async function supervise(options: {
  exec: string;
  execArgv: string[];
  args: string[];
  count: number;
}): Promise<Supervisor> {
  const { exec, execArgv, args } = options;
  cluster.setupPrimary({ exec, execArgv, args });
  let stopping = false;
  let pauseMs = shortestPauseMs;

  const kill = () => {
    stopping = true;
    for (const worker of workers()) worker.process.kill("SIGKILL");
  };
  const replace = () => {
    if (stopping) return;
    const { worker, listening } = startWorker();
    listening.catch(() => {});
    watch(worker);
  };
  const watch = (worker: Worker) => {
    const since = performance.now();
    worker.once("exit", (code, signal) => {
      if (stopping) return;
      pauseMs = performance.now() - since > healthyMs ? shortestPauseMs : pauseMs;
      log().error({ worker: worker.id, code, signal, pauseMs }, "worker ended; starting another");
      setTimeout(replace, pauseMs);
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
    });
  };

  const started = Array.from({ length: options.count }, startWorker);
  try {
    await Promise.all(started.map(({ listening }) => listening));
  } catch (error) {
    kill();
    throw error;
  }
  for (const { worker } of started) watch(worker);
  return {
    kill,
    async stop(grace) {
      stopping = true;
      await Promise.all(workers().map((worker) => stopWorker(worker, grace)));
    },
  };
}

const workers = () => Object.values(cluster.workers ?? {}) as Worker[];

/** What a worker says to its supervisor. */
export type WorkerSays = "listening" | { failed: string };
/** What the supervisor says to a worker. */
export type SupervisorSays = { stop: { grace: boolean } };

function startWorker(): { worker: Worker; listening: Promise<void> } {
  const worker = cluster.fork();
  const listening = new Promise<void>((resolve, reject) => {
    let reason = "A worker ended before it served.";
    worker.on("message", (said: WorkerSays | null) => {
      if (said === "listening") resolve();
      else if (typeof said === "object" && said?.failed) reason = said.failed;
    });
    worker.once("exit", () => reject(new Error(reason)));
  });
  return { worker, listening };
}

async function stopWorker(worker: Worker, grace: boolean): Promise<void> {
  if (worker.isDead()) return;
  const ended = new Promise<void>((resolve) => worker.once("exit", () => resolve()));
  const late = setTimeout(() => worker.process.kill("SIGKILL"), mostStopMs);
  if (worker.isConnected()) worker.send({ stop: { grace } } satisfies SupervisorSays);
  await ended;
  clearTimeout(late);
}
