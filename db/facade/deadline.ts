/** More than this past its time, a timer tells of a busy process rather than of a slow answer. */
const LATE_MS = 50;

/**
 * Calls `expire` once `ms` have passed. If this process was too busy to notice in time, the answer
 * may lie unread in a socket: it is then read first, and the deadline is that much later.
 */
export class Deadline {
  #timer: NodeJS.Timeout;
  #due: number;

  constructor(ms: number, expire: () => void) {
    this.#due = performance.now() + ms;
    const fire = () => {
      const late = performance.now() - this.#due;
      if (late < LATE_MS) return expire();
      this.#due = performance.now() + LATE_MS;
      this.#timer = setTimeout(expire, LATE_MS);
    };
    this.#timer = setTimeout(fire, ms);
  }

  clear(): void {
    clearTimeout(this.#timer);
  }
}
