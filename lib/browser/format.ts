/** Text from numbers, times and labels. Pure: the clock and the zone are arguments. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const numbers = new Intl.NumberFormat("en-GB");

/** 12345 -> "12,345". */
export function formatCount(count: number): string {
  return numbers.format(count);
}

/** 12345 -> "12.3k": for axes and tiles, where the exact number is given elsewhere. */
export function formatCompact(count: number): string {
  if (count < 1_000) return String(count);
  const [value, unit] = count < 999_500 ? [count / 1_000, "k"] : [count / 1_000_000, "M"];
  return `${value < 99.95 ? value.toFixed(1).replace(/\.0$/, "") : Math.round(value)}${unit}`;
}

/**
 * A duration as its largest whole unit.
 * @param ms length in milliseconds, its sign ignored
 * @returns "45 s", "3 min", "7 h" or "12 d"
 */
export function formatDuration(ms: number): string {
  const length = Math.abs(ms);
  if (length < MINUTE) return `${Math.floor(length / 1_000)} s`;
  if (length < HOUR) return `${Math.floor(length / MINUTE)} min`;
  if (length < 2 * DAY) return `${Math.floor(length / HOUR)} h`;
  return `${Math.floor(length / DAY)} d`;
}

/**
 * A duration to come, as its two largest units: what was said to last 7 days doesn't read as 6 at
 * once.
 * @returns "45 s", "3 min", "7 h 5 min" or "6 d 23 h"
 */
export function formatTimeLeft(ms: number): string {
  if (ms < MINUTE) return formatDuration(Math.max(ms, 0));
  const minutes = Math.round(ms / MINUTE);
  if (minutes < 60) return `${minutes} min`;
  const [length, major, minor] =
    minutes < 2 * 24 * 60
      ? [minutes, 60, ["h", "min"]]
      : [Math.round(minutes / 60), 24, ["d", "h"]];
  const rest = length % major;
  return `${Math.floor(length / major)} ${minor[0]}${rest > 0 ? ` ${rest} ${minor[1]}` : ""}`;
}

/**
 * A time as seen from another: "just now", "3 min ago", "in 7 h 5 min"; a date beyond 30 days.
 * @param at the time, in milliseconds of the epoch
 * @param now the moment to see it from
 * @param zone IANA zone for the date of a far time
 */
export function formatRelative(at: number, now: number, zone: string): string {
  const away = at - now;
  if (Math.abs(away) > 30 * DAY) return formatDate(at, zone);
  if (Math.abs(away) < MINUTE) return "just now";
  return away > 0 ? `in ${formatTimeLeft(away)}` : `${formatDuration(away)} ago`;
}

/** "24 Nov 2026". */
export function formatDate(at: number, zone: string): string {
  return new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone: zone,
  }).format(at);
}

/** "14:00". */
export function formatClock(at: number, zone: string): string {
  return new Intl.DateTimeFormat("en-GB", {
    hour: "2-digit",
    minute: "2-digit",
    timeZone: zone,
  }).format(at);
}

/** "24 Nov". */
export function formatDay(at: number, zone: string): string {
  return new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    timeZone: zone,
  }).format(at);
}

/** "24 Nov 2026, 14:03": for what is planned. */
export function formatMinute(at: number, zone: string): string {
  return new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    timeZone: zone,
  }).format(at);
}

/** "24 Nov 2026, 14:03:09 CET": the zone is always named. */
export function formatDateTime(at: number, zone: string): string {
  return new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    timeZone: zone,
    timeZoneName: "short",
  }).format(at);
}

// What cannot be seen, or reorders or blanks the text around it: control and format characters
// (bidi, zero-width), separators of lines, fillers. Joiners stay where scripts and emoji need them.
const UNSEEN =
  /(?<=[^\p{ASCII}])[\u200c\u200d](?=[^\p{ASCII}])|([\p{Cc}\p{Cf}\u2028\u2029\u115f\u1160\u3164\uffa0])/gu;

/**
 * Text that someone else wrote, with every character that cannot be seen spelled out, so that
 * two labels that look alike are alike: "pay\u202Eroll" -> "pay[U+202E]roll".
 */
export function visibleText(text: string): string {
  return text.replace(UNSEEN, (char, unseen) => {
    if (!unseen) return char;
    const code = char.codePointAt(0) ?? 0;
    return `[U+${code.toString(16).toUpperCase().padStart(4, "0")}]`;
  });
}
