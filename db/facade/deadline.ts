/** Milliseconds between two looks at what is due. */
const LOOK_MS = 20;
/** More than this past its time, a look tells of a busy process rather than of a slow answer. */
const LATE_MS = 50;

/**
 * Those that are running, in no order; one timer looks after all of them. No `Set`: whenever one
 * that is added to and taken from all the time is rearranged, it leaves a table behind that leads to
 * the next one, and once one of those is among V8's old objects, quick collections of garbage pass
 * over all later ones and what they held.
 */
const running: Deadline[] = [];
let looking: NodeJS.Timeout | undefined;

/**
 * Calls `expire` once `ms` have passed, at the next look. If this process was too busy to notice in
 * time, the answer may lie unread in a socket: it is then read first, and the deadline is that much
 * later.
 */
export class Deadline {
  #due: number;
  #isPutOff = false;
  /** Its place among those that are running; -1 once it is over. */
  #at: number;
  readonly #expire: () => void;

  constructor(ms: number, expire: () => void) {
    this.#due = performance.now() + ms;
    this.#expire = expire;
    this.#at = running.push(this) - 1;
    looking ??= setInterval(look, LOOK_MS);
  }

  clear(): void {
    if (this.#at < 0) return;
    const last = running.pop() as Deadline;
    if (last !== this) {
      running[this.#at] = last;
      last.#at = this.#at;
    }
    this.#at = -1;
  }

  /** @param now as `performance.now()` has it */
  check(now: number): void {
    const late = now - this.#due;
    if (late < 0 || this.#at < 0) return;
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
  if (running.length === 0) {
    clearInterval(looking);
    looking = undefined;
    return;
  }
  const now = performance.now();
  // A copy: whoever expires leaves, and may have others leave.
  for (const deadline of [...running]) deadline.check(now);
}
