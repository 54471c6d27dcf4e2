import type { Server } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { PlainLane } from "@/bin/plain-lane";

/** Milliseconds that calls under way may take to end once nothing new is let in. */
const patienceMs = 9_000;

/**
 * Ends a server without losing a call: goes on serving for `graceMs`, while readiness tells proxies
 * to move over, then lets nothing new in and waits for calls under way. Connections on which no
 * call is under way, half-open ones among them, hold nothing up.
 * @param underWay how many calls are being answered
 */
export async function drain(
  server: Server,
  plain: PlainLane,
  graceMs: number,
  underWay: () => number,
): Promise<void> {
  await sleep(graceMs);
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const until = performance.now() + patienceMs;
  do {
    server.closeIdleConnections();
    plain.closeIdle();
    // A call that arrived just before may not have been read yet: look twice.
    await Promise.race([closed, sleep(100)]);
  } while (underWay() + plain.underWay() > 0 && performance.now() < until);
  await Promise.race([closed, sleep(100)]);
  server.closeAllConnections();
  plain.closeAll();
  await closed;
}
