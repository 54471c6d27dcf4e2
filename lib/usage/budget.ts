const windowMs = 60_000;
const mostKeys = 10_000;

/** So many a minute for each key, in bounded memory: once full, new keys get nothing till the minute is over. */
export function createBudget(now: () => number) {
  let spent = new Map<string, number>();
  let since = now();
  return {
    take(key: string, perMinute: number): boolean {
      if (now() - since >= windowMs) {
        spent = new Map();
        since = now();
      }
      const used = spent.get(key) ?? 0;
      if (used >= perMinute || (used === 0 && spent.size >= mostKeys)) return false;
      spent.set(key, used + 1);
      return true;
    },
  };
}
