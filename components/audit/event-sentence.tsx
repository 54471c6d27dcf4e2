import { LabelText } from "@/components/ui/label-text";
import type { AuditEvent } from "@/lib/browser/audit";
import { isOwnDoing, verbOf } from "@/lib/browser/events";

/** What was done to what: "Revoked token Payroll". */
export function EventSentence({
  event,
  className = "font-medium",
}: {
  event: Pick<AuditEvent, "action" | "target">;
  /** Of what it was done to. */
  className?: string;
}) {
  const { action, target } = event;
  const verb = verbOf(action);
  return (
    <>
      {verb.charAt(0).toUpperCase() + verb.slice(1)}
      {!isOwnDoing(action) && (
        <>
          {" "}
          <LabelText wrap className={className}>
            {target.name ?? target.id}
          </LabelText>
        </>
      )}
    </>
  );
}

const actorTypes: Record<string, string> = {
  system: "System, by token",
  client: "System, by JWT",
  user: "Person",
  staff: "Staff",
  cli: "Command line",
  service: "The product itself",
};

export const actorTypeName = (type: string): string => actorTypes[type] ?? type;
