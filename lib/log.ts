import { type Logger, type LoggerOptions, pino } from "pino";

type Logged = { type: string; code?: unknown; message: string; stack?: string };

/**
 * What may be logged of an error. Drizzle's errors carry a query's parameters, in their message
 * too, and PostgreSQL's `detail` carries values: what went wrong is in the cause's message alone.
 */
function toLogged(error: unknown): Logged {
  if (!(error instanceof Error)) return { type: typeof error, message: "not an error" };
  if ("params" in error && error.cause instanceof Error) return toLogged(error.cause);
  const { code } = error as { code?: unknown };
  return { type: error.name, code, message: error.message, stack: error.stack };
}

const key = Symbol.for("servicebroker.log");
const shared = globalThis as { [key: symbol]: Logger | undefined };

/** How our logs are written: JSON lines, levels by name, times in ISO 8601. */
export const logOptions = (level: string): LoggerOptions => ({
  level,
  base: { pid: process.pid },
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: (label) => ({ level: label }) },
  serializers: { err: toLogged },
  redact: {
    paths: ["*.authorization", "*.cookie", "*.password", "*.secret"],
    censor: "[cut]",
  },
});

/**
 * The process's structured log, on standard output. Never given a secret; fields that could hold
 * one are cut out all the same.
 */
export function log(): Logger {
  shared[key] ??= pino(logOptions(process.env.LOG_LEVEL || "info"));
  return shared[key];
}
