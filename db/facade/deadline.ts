/** Milliseconds between two looks at what is due. */
const LOOK_MS = 20;
/** More than this past its time, a look tells of a busy process rather than of a slow answer. */
const LATE_MS = 50;

/**
 * Those that are running. One timer looks after all of them: in Node 20, with a timer for each
 * query, whatever a query had held outlived the quick collections of garbage.
 */
const running = new Set<Deadline>();
let looking: NodeJS.Timeout | undefined;

/**
 * Calls `expire` once `ms` have passed, at the next look. If this process was too busy to notice in
 * time, the answer may lie unread in a socket: it is then read first, and the deadline is that much
 * later.
 */
export class Deadline {
  #due: number;
  #isPutOff = false;
  readonly #expire: () => void;

  constructor(ms: number, expire: () => void) {
    this.#due = performance.now() + ms;
    this.#expire = expire;
    running.add(this);
    looking ??= setInterval(look, LOOK_MS);
  }

  clear(): void {
    running.delete(this);
  }

  /** @param now as `performance.now()` has it */
  check(now: number): void {
    const late = now - this.#due;
    if (late < 0) return;
    if (late >= LATE_MS && !this.#isPutOff) {
      this.#isPutOff = true;
      this.#due = now + LATE_MS;
      return;
    }
    this.clear();
    this.#expire();
  }
}

function look(): void {
  if (running.size === 0) {
    clearInterval(looking);
    looking = undefined;
    return;
  }
  const now = performance.now();
  for (const deadline of running) deadline.check(now);
}
