import { type Logger, pino } from "pino";

const key = Symbol.for("servicebroker.log");
const shared = globalThis as { [key: symbol]: Logger | undefined };

/**
 * The process's structured log: JSON lines on standard output. Never
 * given a secret; fields that could hold one are cut out all the same.
 */
export function log(): Logger {
  shared[key] ??= pino({
    level: process.env.LOG_LEVEL || "info",
    base: { pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: {
      paths: [
        "*.authorization",
        "*.cookie",
        "*.password",
        "*.secret",
        "err.parameters",
        "err.args",
      ],
      censor: "[cut]",
    },
  });
  return shared[key];
}
