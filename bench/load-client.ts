import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Job, Measured, Phase, Target } from "./load";
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

/** Seconds in which connections are opened, and servers turn to what is measured. */
const mostWarmUp = 0.3;

/** Of requests that are to be sent once so many a second are there: no server has answered more. */
export const mostOnce = 10_000;

export type Load = {
  /** Measures cases at the same time; where there are several, the database's work isn't told apart. */
  run(cases: Case[], seconds: number): Promise<Sample[]>;
  stop(): void;
};

/** Starts the load generator on the cores that the servers don't have. */
export function startLoad(pinning: Pinning, databasePid: number | undefined): Load {
  const script = fileURLToPath(new URL("./load.ts", import.meta.url));
  const command = pinned([process.execPath, "--import", "tsx", script], pinning?.rest);
  const child = spawn(command[0], command.slice(1), {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const sentBefore = new Map<string, number>();
  const cpuOf = (pids: number[]) => pids.reduce((sum, pid) => sum + cpuSeconds(pid), 0);
  const targetOf = (
    { name, ports, connections, requests, once }: Case,
    seconds: number,
  ): Target => {
    if (!once) return { ports, connections, requests };
    // A later round goes on where an earlier one ended. No more than it can use: handing them over
    // would take longer than measuring does.
    const from = sentBefore.get(name) ?? 0;
    const most = Math.ceil(mostOnce * seconds);
    return { ports, connections, requests: requests.slice(from, from + most), once };
  };

  return {
    stop: () => child.kill(),
    async run(cases, seconds) {
      const database = databasePid === undefined || cases.length > 1 ? Number.NaN : databasePid;
      const used = { warm: [0], over: [0] };
      const warmup = Math.min(seconds / 3, mostWarmUp);
      const targets = cases.map((wanted) => targetOf(wanted, seconds + warmup));
      const job: Job = { targets, seconds, warmup };
      const measured = await ask(child, job, (phase) => {
        used[phase] = [cpuSeconds(database), ...cases.map(({ pids }) => cpuOf(pids))];
      });
      const micros = (requests: number, at: number) =>
        (((used.over[at] as number) - (used.warm[at] as number)) / requests) * 1e6;
      return measured.map(({ requests, seconds, sent, p50, p99, statuses }, index): Sample => {
        const { name } = cases[index] as Case;
        sentBefore.set(name, (sentBefore.get(name) ?? 0) + sent);
        return {
          rps: requests / seconds,
          p50,
          p99,
          serverCpu: micros(requests, index + 1),
          databaseCpu: micros(requests, 0),
          statuses,
        };
      });
    },
  };
}

function ask(child: ChildProcess, job: Job, on: (phase: Phase) => void): Promise<Measured[]> {
  return new Promise((resolve, reject) => {
    const ended = () => reject(new Error("The load generator ended."));
    const hear = (said: unknown) => {
      if (said === "warm" || said === "over") return on(said);
      child.off("message", hear);
      child.off("exit", ended);
      resolve(said as Measured[]);
    };
    child.on("message", hear);
    child.once("exit", ended);
    child.send(job);
  });
}
