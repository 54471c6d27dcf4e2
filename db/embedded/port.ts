import { randomInt } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { writeWhole } from "./cluster";
import type { Place } from "./place";

/** The port that this database had last, if any. */
export function keptPort(place: Place): number | undefined {
  try {
    const port = Number(readFileSync(place.port, "utf8"));
    return Number.isInteger(port) && port > 0 ? port : undefined;
  } catch {
    return undefined;
  }
}

export function keepPort(place: Place, port: number): void {
  if (keptPort(place) !== port) writeWhole(place, place.port, String(port));
}

/** A free port below those that systems give to outgoing connections. */
export async function findFreePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000);
    if (await isPortFree(port)) return port;
  }
}

export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
