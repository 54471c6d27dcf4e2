/** Plain counts that cost nothing on the way of an answer; metrics are made of them when asked. */
type Counters = { answers: Map<string, Map<number, number>> };

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
  const surface = surfaceOf(target);
  let counts = counters.answers.get(surface);
  if (!counts) {
    counts = new Map();
    counters.answers.set(surface, counts);
  }
  counts.set(status, (counts.get(status) ?? 0) + 1);
}

/** The answers so far: surface, status, count. */
export function answersSoFar(): { surface: string; status: number; count: number }[] {
  return [...counters.answers].flatMap(([surface, counts]) =>
    [...counts].map(([status, count]) => ({ surface, status, count })),
  );
}
