import cluster from "node:cluster";
import { AggregatorRegistry, Counter, collectDefaultMetrics, Gauge, Registry } from "prom-client";
import { databaseReplacements } from "@/db/client";
import { answersSoFar } from "@/lib/operations/counters";

const question = "servicebroker:metrics?";
type Reply = { servicebrokerMetrics: number; text: string };

/**
 * Registers this process's metrics; call it once in each worker, so that the supervisor can add
 * the workers' numbers up.
 */
export function registerMetrics(registry: Registry): void {
  collectDefaultMetrics({ register: registry, prefix: "broker_" });
  new Counter({
    name: "broker_answers_total",
    help: "Answers by surface and status.",
    labelNames: ["surface", "status"],
    registers: [registry],
    collect() {
      this.reset();
      for (const { surface, status, count } of answersSoFar()) this.inc({ surface, status }, count);
    },
  });
  new Gauge({
    name: "broker_database_clients_replaced",
    help: "How often the database's client was replaced after a lost connection.",
    registers: [registry],
    collect() {
      this.set(databaseReplacements());
    },
  });
}

/** In a worker: registers, and answers the supervisor's questions. */
export function reportMetrics(): void {
  const registry = new Registry();
  registerMetrics(registry);
  AggregatorRegistry.setRegistries(registry);
  new AggregatorRegistry();
}

/** In the supervisor: answers workers that ask for the numbers of all. */
export function relayMetrics(): void {
  const aggregator = new AggregatorRegistry();
  cluster.on("message", async (worker, said) => {
    const asked = said as { [question]?: number } | null;
    if (typeof asked !== "object" || asked?.[question] === undefined) return;
    const text = await aggregator.clusterMetrics().catch(() => "");
    worker.send({ servicebrokerMetrics: asked[question], text } satisfies Reply);
  });
}

let asked = 0;

/**
 * Prometheus text (version 0.0.4) of all workers; of this process alone where there is no
 * supervisor.
 */
export function collectMetrics(): Promise<string> {
  if (!cluster.isWorker) {
    const registry = new Registry();
    registerMetrics(registry);
    return registry.metrics();
  }
  const id = ++asked;
  return new Promise((resolve, reject) => {
    const finish = (said: unknown) => {
      const reply = said as Reply | null;
      if (reply?.servicebrokerMetrics !== id) return;
      clearTimeout(late);
      process.off("message", finish);
      resolve(reply.text);
    };
    const late = setTimeout(() => {
      process.off("message", finish);
      reject(new Error("The supervisor did not answer."));
    }, 5_000);
    process.on("message", finish);
    process.send?.({ [question]: id });
  });
}
