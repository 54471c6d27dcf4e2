import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Job, Measured, Phase } from "./load";
import { cpuSeconds, type Pinning, pinned } from "./machine";

/** One case to measure: where to send what, and whose CPU time to count. */
export type Case = {
  name: string;
  ports: number[];
  /** Processes under test. */
  pids: number[];
  requests: string[];
  connections: number;
  /** Never send a request twice (JWTs that must be new). */
  once?: boolean;
  /**
   * What its calls leave to be counted counts: measured long enough for that to be written, too, and
   * after what earlier cases left.
   */
  whole?: boolean;
  /** Its calls leave nothing to be counted. */
  uncounted?: boolean;
};

/** One round of one case. Times in milliseconds, CPU in microseconds a request. */
export type Sample = {
  rps: number;
  p50: number;
  p99: number;
  serverCpu: number;
  databaseCpu: number;
  statuses: Record<string, number>;
};

export type Load = { run(wanted: Case, seconds: number): Promise<Sample>; stop(): void };

/** Starts the load generator on the cores that the servers don't have. */
export function startLoad(pinning: Pinning, databasePid: number | undefined): Load {
  const script = fileURLToPath(new URL("./load.ts", import.meta.url));
  const command = pinned([process.execPath, "--import", "tsx", script], pinning?.rest);
  const child = spawn(command[0], command.slice(1), {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const sentBefore = new Map<string, number>();
  const cpuOf = (pids: number[]) => pids.reduce((sum, pid) => sum + cpuSeconds(pid), 0);

  return {
    stop: () => child.kill(),
    async run(wanted, seconds) {
      const from = wanted.once ? (sentBefore.get(wanted.name) ?? 0) : 0;
      const { ports, connections, requests } = wanted;
      const job: Job = { ports, connections, requests, seconds, warmup: seconds / 3, from };
      const database = databasePid === undefined ? [] : [databasePid];
      const used = { warm: { server: 0, database: 0 }, over: { server: 0, database: 0 } };
      const measured = await ask(child, job, (phase) => {
        used[phase] = { server: cpuOf(wanted.pids), database: cpuOf(database) };
      });
      sentBefore.set(wanted.name, from + measured.sent);
      const perRequest = (cpu: number) => (cpu / measured.requests) * 1e6;
      return {
        rps: measured.requests / measured.seconds,
        p50: measured.p50,
        p99: measured.p99,
        serverCpu: perRequest(used.over.server - used.warm.server),
        databaseCpu: perRequest(used.over.database - used.warm.database),
        statuses: measured.statuses,
      };
    },
  };
}

function ask(child: ChildProcess, job: Job, on: (phase: Phase) => void): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const ended = () => reject(new Error("The load generator ended."));
    const hear = (said: unknown) => {
      if (said === "warm" || said === "over") return on(said);
      child.off("message", hear);
      child.off("exit", ended);
      resolve(said as Measured);
    };
    child.on("message", hear);
    child.once("exit", ended);
    child.send(job);
  });
}
