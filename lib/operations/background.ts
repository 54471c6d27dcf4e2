import { log } from "@/lib/log";

/** Work that goes on beside the calls. It takes its own lock where one instance is enough. */
export type BackgroundTask = { name: string; everyMs: number; run: () => Promise<unknown> };

/**
 * Runs tasks again and again, each by itself; a failure is logged and tried again next time. The
 * first run comes after a random part of the interval, so that instances don't move in step.
 * @returns a function that stops them and waits for those under way.
 */
export function runInBackground(tasks: BackgroundTask[]): () => Promise<void> {
  let stopped = false;
  const timers = new Set<NodeJS.Timeout>();
  const underWay = new Set<Promise<void>>();

  const later = (task: BackgroundTask, ms: number) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      const run = task
        .run()
        .then(
          () => {},
          (error) => log().warn({ err: error, task: task.name }, "background work failed"),
        )
        .finally(() => {
          underWay.delete(run);
          if (!stopped) later(task, task.everyMs);
        });
      underWay.add(run);
    }, ms);
    timers.add(timer.unref());
  };

  for (const task of tasks) later(task, Math.random() * task.everyMs);
  return async () => {
    stopped = true;
    for (const timer of timers) clearTimeout(timer);
    await Promise.all(underWay);
  };
}
