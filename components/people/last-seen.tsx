import { Time } from "@/components/ui/time";

/** When somebody was last here. */
export function LastSeen({ at }: { at: string | null }) {
  if (!at) return <span className="text-faint">Never</span>;
  return <Time at={at} alone className="text-muted" />;
}

/** Whether somebody signs in with a second step. */
export function TwoStep({ on }: { on: boolean }) {
  return on ? <span className="text-muted">On</span> : <span className="text-faint">Off</span>;
}
