/** Plain counts that cost nothing on the way of an answer; metrics are made of them when asked. */
type Counters = { answers: Map<string, number> };

const key = Symbol.for("servicebroker.counters");
const shared = globalThis as { [key: symbol]: Counters | undefined };
shared[key] ??= { answers: new Map() };
const counters = shared[key];

/** Which part of the product a path belongs to. */
function surfaceOf(target: string): string {
  if (target.startsWith("/up/v5/verify")) return "verify";
  if (target.startsWith("/up/")) return "broker";
  if (target.startsWith("/oauth2/") || target.startsWith("/.well-known/")) return "oauth";
  return target.startsWith("/api/") ? "portal" : "operations";
}

/** Counts an answer by surface and status. */
export function countAnswer(target: string, status: number): void {
  const name = `${surfaceOf(target)} ${status}`;
  counters.answers.set(name, (counters.answers.get(name) ?? 0) + 1);
}

/** The answers so far: surface, status, count. */
export function answersSoFar(): { surface: string; status: string; count: number }[] {
  return [...counters.answers].map(([name, count]) => {
    const [surface, status] = name.split(" ") as [string, string];
    return { surface, status, count };
  });
}
