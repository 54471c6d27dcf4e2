import type { RecentUse } from "@/lib/usage/schema";

/** So long without a call, and the old token of an overlap counts as quiet. */
export const quietMs = 15 * 60_000;

/**
 * How far a replacement has come: `in-use` while the old token is called; `waiting` once it is
 * quiet but nobody calls with the new one, so that its system may merely be idle; `quiet` once
 * the new one has taken over; `unused` where the old one was never called.
 */
export type OverlapStage = "in-use" | "waiting" | "quiet" | "unused";

/**
 * @param old when the old token was last called, ISO 8601
 * @param successor when the new one was
 * @param now milliseconds of the epoch
 */
export function overlapStage(
  old: string | null,
  successor: string | null,
  now: number,
): OverlapStage {
  if (!old) return "unused";
  if (now - Date.parse(old) < quietMs) return "in-use";
  return successor ? "quiet" : "waiting";
}

/** The sources that a token was seen from since a moment, the latest first. */
export const seenSince = (use: RecentUse, since: string): RecentUse["sources"] =>
  use.sources.filter((source) => source.lastSeenAt >= since);
