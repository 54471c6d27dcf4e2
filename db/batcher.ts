import { FairQueue } from "./fair-queue";

export type BatcherOptions = {
  /** Queries under way at once: the next goes out early when one is slow, or enough keys wait. */
  inFlight: number;
  /** Keys that are worth a query beside another. */
  enough: number;
  /** Milliseconds after which a query is slow. */
  slow: number;
  /** Keys in one query. */
  batch: number;
  /** Keys that may wait; past it look-ups are refused at once. */
  queue: number;
  /** Milliseconds that a key may wait for its query to be sent. */
  patience: number;
};

/** Thrown when more look-ups wait than can be answered in time: shed the load, don't grow. */
export class Overloaded extends Error {
  override readonly name = "Overloaded";
  readonly code = "overloaded";
}

/** What is made of a value for the one who asked, or the promise of it. */
type Use<Value> = (value: Value) => unknown;

/** A key that waits for its query to be sent, or for its answer. */
class Waiting<Key, Value> {
  readonly since = performance.now();
  readonly promise: Promise<unknown>;
  /** Another one of the same key, to be told the same. */
  next: Waiting<Key, Value> | undefined;
  #resolve!: (used: unknown) => void;
  #reject!: (reason: unknown) => void;

  constructor(
    readonly id: string | null,
    readonly key: Key,
    readonly use: Use<Value>,
  ) {
    this.promise = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  join(same: Waiting<Key, Value>): void {
    this.next = same.next;
    same.next = this;
  }

  resolve(value: Value): void {
    for (let each: Waiting<Key, Value> | undefined = this; each; each = each.next) {
      try {
        each.#resolve(each.use(value));
      } catch (error) {
        each.#reject(error);
      }
    }
  }

  reject(reason: unknown): void {
    for (let each: Waiting<Key, Value> | undefined = this; each; each = each.next) {
      each.#reject(reason);
    }
  }
}

/**
 * Looks a key up, as soon as a query goes out.
 * @param id what tells it from other keys; null where finding the same one costs more than it saves
 * @param lane whose turn it takes
 * @param use what to make of the value. Made at once: a caller that goes on by `then` waits for
 *   another turn of the microtasks each time.
 */
export type LookUp<Key, Value> = <Used>(
  id: string | null,
  lane: string,
  key: Key,
  use: (value: Value) => Used | Promise<Used>,
) => Promise<Used>;

/**
 * Gathers look-ups that arrive while a query is under way into the next one. A key joins only a
 * query that has not been sent, so every answer is read from the database after its call began.
 * Calls with the same id in the same unsent query share its answer.
 *
 * Lanes take turns when more wait than one query holds; when no more may wait, the longest lane
 * gives way.
 *
 * @param run looks up keys: their values in the same order
 */
export function createBatcher<Key, Value>(
  run: (keys: Key[]) => Promise<Value[]>,
  options: BatcherOptions,
): LookUp<Key, Value> {
  const queue = new FairQueue<Waiting<Key, Value>>();
  const unsent = new Map<string, Waiting<Key, Value>>();
  let underWay = 0;
  let lastSent = 0;
  let scheduled = false;

  const refuse = (item: Waiting<Key, Value>) => {
    if (item.id !== null) unsent.delete(item.id);
    item.reject(overloaded());
  };
  setInterval(() => {
    if (queue.size === 0) return;
    const latest = performance.now() - options.patience;
    for (const item of queue.sweep(({ since }) => since < latest)) refuse(item);
    flush();
  }, options.patience / 4).unref();

  /** Larger batches cost less: a query doesn't go out beside another without need. */
  const maySend = (now: number) =>
    underWay === 0 ||
    (underWay < options.inFlight &&
      (queue.size >= options.enough || now - lastSent > options.slow));
  const flush = () => {
    scheduled = false;
    const now = performance.now();
    while (queue.size > 0 && maySend(now)) {
      lastSent = now;
      send(queue.take(options.batch));
    }
  };
  const send = (taken: Waiting<Key, Value>[]) => {
    const keys: Key[] = [];
    for (const item of taken) {
      if (item.id !== null) unsent.delete(item.id);
      keys.push(item.key);
    }
    underWay++;
    run(keys).then(
      (values) => {
        underWay--;
        for (let i = 0; i < taken.length; i++) taken[i]?.resolve(values[i] as Value);
        if (queue.size > 0) flush();
      },
      (error) => {
        underWay--;
        for (const item of taken) item.reject(error);
        if (queue.size > 0) flush();
      },
    );
  };

  function look(id: string | null, lane: string, key: Key, use: Use<Value>): Promise<unknown> {
    const item = new Waiting<Key, Value>(id, key, use);
    if (id !== null) {
      const same = unsent.get(id);
      if (same) {
        item.join(same);
        return item.promise;
      }
    }
    if (queue.size >= options.queue) {
      const displaced = queue.displace(lane);
      if (!displaced) return Promise.reject(overloaded());
      refuse(displaced);
    }
    if (id !== null) unsent.set(id, item);
    queue.push(lane, item);
    if (!scheduled && maySend(item.since)) {
      scheduled = true;
      setImmediate(flush);
    }
    return item.promise;
  }
  return look as LookUp<Key, Value>;
}

const overloaded = () => new Overloaded("Too many verifications are waiting.");
