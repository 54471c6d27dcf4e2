import { Badge, type Tone } from "@/components/ui/badge";
import { refusalWords } from "@/lib/browser/refusals";
import type { RefusalReason, TenantVolume } from "@/lib/browser/support";

const statusTones: Record<TenantVolume["status"], Tone> = {
  active: "positive",
  suspended: "caution",
  deleted: "neutral",
};

/** Whether a Tenant is active, suspended or deleted. */
export function TenantStatus({ status }: { status: string }) {
  return (
    <Badge dot tone={statusTones[status as TenantVolume["status"]] ?? "neutral"}>
      {status.charAt(0).toUpperCase() + status.slice(1)}
    </Badge>
  );
}

const ours = new Set<RefusalReason>(["unknown", "malformed"]);

/** Why a call was refused, in a word or two. */
export function ReasonBadge({ reason }: { reason: RefusalReason }) {
  return (
    <span title={refusalWords[reason].meaning}>
      <Badge tone={ours.has(reason) ? "neutral" : "caution"}>{refusalWords[reason].name}</Badge>
    </span>
  );
}
