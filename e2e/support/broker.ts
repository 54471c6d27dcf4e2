import { spawn } from "node:child_process";

/** What the command line printed, and its exit status. */
export type BrokerRun = { status: number | null; stdout: string; stderr: string };

/** The command line, under the settings of one server. */
export type Broker = {
  /** Runs it with `--json` and answers the value it printed; throws what it said on an error. */
  (...args: string[]): Promise<ReturnType<typeof JSON.parse>>;
  /** Runs it as it is, whatever comes of it. */
  run(...args: string[]): Promise<BrokerRun>;
};

/** @param env settings, of which `DATABASE_URL` names the database */
export function brokerOf(env: NodeJS.ProcessEnv): Broker {
  const run = (...args: string[]) =>
    new Promise<BrokerRun>((resolve, reject) => {
      const child = spawn(process.execPath, ["bin/run.mjs", "broker", ...args], {
        env,
        stdio: ["ignore", "pipe", "pipe"],
      });
      let stdout = "";
      let stderr = "";
      child.stdout.setEncoding("utf8").on("data", (text: string) => {
        stdout += text;
      });
      child.stderr.setEncoding("utf8").on("data", (text: string) => {
        stderr += text;
      });
      child.on("error", reject);
      child.on("close", (status) => resolve({ status, stdout, stderr }));
    });
  const parsed = async (...args: string[]) => {
    const { status, stdout, stderr } = await run(...args, "--json");
    if (status !== 0) throw new Error(`broker ${args.join(" ")}: exit ${status}: ${stderr}`);
    return JSON.parse(stdout);
  };
  return Object.assign(parsed, { run });
}
