"use client";
import { useMutation } from "@tanstack/react-query";
import { ShieldCheck } from "lucide-react";
import { FailureNotice } from "@/components/tokens/failure";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { type ChainReport, verifyAuditChain } from "@/lib/browser/audit";
import { formatCount } from "@/lib/browser/format";

const reasons: Record<NonNullable<ChainReport["firstBad"]>["reason"], string> = {
  edited: "was edited after it was written",
  removed: "is missing",
  "out-of-order": "is out of order",
  unreadable: "can't be read",
  "cut-off": "and what came after it were cut off",
  unsigned: "carries no signature that we trust",
  filtered: "can't be checked: the log was filtered",
};

/** Checks the whole chain when it is asked to. */
export const useChainCheck = (tenantId: string) =>
  useMutation({ mutationFn: () => verifyAuditChain(tenantId) });
type Check = ReturnType<typeof useChainCheck>;

export function ChainCheckButton({ check }: { check: Check }) {
  return (
    <Button
      icon={<ShieldCheck aria-hidden />}
      pending={check.isPending}
      onClick={() => check.mutate()}
    >
      Verify the chain
    </Button>
  );
}

/** What the last check of the chain found; nothing before the first. */
export function ChainCheckResult({
  check,
  onOpen,
}: {
  check: Check;
  onOpen: (eventId: string) => void;
}) {
  return (
    <>
      <div role="status" className="not-empty:pb-4">
        {check.data && <Report report={check.data} onOpen={onOpen} />}
      </div>
      {check.error && (
        <div className="pb-4">
          <FailureNotice error={check.error} />
        </div>
      )}
    </>
  );
}

function Report({ report, onOpen }: { report: ChainReport; onOpen: (id: string) => void }) {
  const { ok, events, firstBad } = report;
  if (ok || !firstBad) {
    return (
      <Notice title="The chain holds">
        {formatCount(events)} {events === 1 ? "event" : "events"}, each as it was written, none
        missing.
      </Notice>
    );
  }
  const { id } = firstBad;
  return (
    <Notice
      tone="danger"
      title="The chain is broken"
      action={
        id && (
          <Button size="sm" onClick={() => onOpen(id)}>
            Show the event
          </Button>
        )
      }
    >
      Event {formatCount(firstBad.sequence)} {reasons[firstBad.reason]}. Somebody with rights in the
      database has changed the log.
    </Notice>
  );
}
