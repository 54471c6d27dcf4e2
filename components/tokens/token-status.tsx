"use client";
import { Clock } from "lucide-react";
import { Badge, type Tone } from "@/components/ui/badge";
import { useClock } from "@/components/ui/time";
import { formatDateTime, formatTimeLeft } from "@/lib/browser/format";
import type { Token, TokenStatus } from "@/lib/browser/tokens";

const tones: Record<TokenStatus, Tone> = {
  Active: "positive",
  Inactive: "caution",
  Revoked: "neutral",
};

/** Whether a token is good, switched off or revoked. */
export function StatusBadge({ status }: { status: TokenStatus }) {
  return (
    <Badge dot tone={tones[status]}>
      {status}
    </Badge>
  );
}

/** How long a replaced token is still good. */
export function OverlapChip({ token }: { token: Token }) {
  const { now, zone } = useClock();
  if (!token.revokeAt || token.status === "Revoked") return null;
  const end = Date.parse(token.revokeAt);
  const left = end > now ? `${formatTimeLeft(end - now)} left` : "ending";
  return (
    <span title={`Replaced. Good until ${formatDateTime(end, zone)}`}>
      <Badge tone="caution" icon={<Clock aria-hidden />}>
        <span className="sr-only">Replaced, </span>
        {left}
      </Badge>
    </span>
  );
}
