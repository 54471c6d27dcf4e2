"use client";
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useState,
  useSyncExternalStore,
} from "react";
import { formatDate, formatDateTime, formatRelative } from "@/lib/browser/format";
import { browserZone, remember, ZONE_COOKIE } from "@/lib/browser/preferences";
import { cn } from "./cn";

const Clock = createContext<{ now: number; zone: string } | null>(null);

const never = () => () => {};

/**
 * One clock for every time on the page. It starts from the server's moment and the zone that the
 * server rendered with, so that hydration finds the same text, then follows the browser's.
 * @param now the server's time, milliseconds of the epoch
 * @param zone the zone the server rendered with (from the reader's cookie; UTC at a first visit)
 */
export function ClockProvider({
  now: serverNow,
  zone: serverZone,
  children,
}: {
  now: number;
  zone: string;
  children: ReactNode;
}) {
  const zone = useSyncExternalStore(never, browserZone, () => serverZone);
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    // The difference of the clocks is kept: "3 min ago" is by the server's clock.
    const skew = serverNow - Date.now();
    const timer = setInterval(() => setNow(Date.now() + skew), 20_000);
    return () => clearInterval(timer);
  }, [serverNow]);
  useEffect(() => {
    if (zone !== serverZone) remember(ZONE_COOKIE, zone);
  }, [zone, serverZone]);
  return <Clock value={{ now, zone }}>{children}</Clock>;
}

/** The page's moment and zone. */
export function useClock(): { now: number; zone: string } {
  const clock = useContext(Clock);
  if (!clock) throw new Error("Times need a ClockProvider above them.");
  return clock;
}

/**
 * A time: relative ("3 min ago"), a date, or to the second, in the reader's zone; UTC on hover.
 * @param at ISO 8601
 */
export function Time({
  at,
  as = "relative",
  alone = false,
  className,
}: {
  at: string;
  as?: "relative" | "date" | "full";
  /** In no sentence: it begins with a capital. */
  alone?: boolean;
  className?: string;
}) {
  const { now, zone } = useClock();
  const ms = Date.parse(at);
  const text =
    as === "relative"
      ? formatRelative(ms, now, zone)
      : as === "date"
        ? formatDate(ms, zone)
        : formatDateTime(ms, zone);
  const title = [as === "full" ? null : formatDateTime(ms, zone), formatDateTime(ms, "UTC")];
  return (
    <time
      dateTime={at}
      title={[...new Set(title)].filter(Boolean).join("\n")}
      className={cn(alone && "inline-block first-letter:uppercase", className)}
    >
      {text}
    </time>
  );
}
