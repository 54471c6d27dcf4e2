export type BatcherOptions = {
  /** Queries under way at once. */
  inFlight: number;
  /** Keys in one query. */
  batch: number;
  /** Keys that may wait; past it a look-up is refused at once. */
  queue: number;
};

/** Thrown when more look-ups wait than may: shed the load instead of growing. */
export class BatchQueueFull extends Error {
  override readonly name = "BatchQueueFull";
  readonly code = "overloaded";
}

type Waiting<Key, Value> = {
  key: Key;
  resolve: (value: Value) => void;
  reject: (reason: unknown) => void;
};

/**
 * Gathers look-ups that arrive while a query is under way into the next one. A key joins only a
 * query that has not been sent, so every answer is read from the database after its call began.
 */
export function createBatcher<Key, Value>(
  run: (keys: Key[]) => Promise<Value[]>,
  options: BatcherOptions,
): (key: Key) => Promise<Value> {
  const waiting: Waiting<Key, Value>[] = [];
  let underWay = 0;
  let scheduled = false;

  const flush = () => {
    scheduled = false;
    while (waiting.length > 0 && underWay < options.inFlight) {
      const taken = waiting.splice(0, options.batch);
      underWay++;
      run(taken.map((item) => item.key))
        .then(
          (values) => {
            for (const [index, item] of taken.entries()) item.resolve(values[index] as Value);
          },
          (error) => {
            for (const item of taken) item.reject(error);
          },
        )
        .finally(() => {
          underWay--;
          if (waiting.length > 0) flush();
        });
    }
  };

  return (key) => {
    if (waiting.length >= options.queue) {
      return Promise.reject(new BatchQueueFull("Too many verifications are waiting."));
    }
    return new Promise((resolve, reject) => {
      waiting.push({ key, resolve, reject });
      if (scheduled || underWay >= options.inFlight) return;
      scheduled = true;
      setImmediate(flush);
    });
  };
}
