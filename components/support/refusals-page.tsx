"use client";
import { useQuery } from "@tanstack/react-query";
import { CircleCheck, SearchX } from "lucide-react";
import { LoadFailure } from "@/components/shell/load-failure";
import { PeriodFilter } from "@/components/shell/period-filter";
import { useLook } from "@/components/shell/use-look";
import { Button } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { Select } from "@/components/ui/select";
import { TableSkeleton } from "@/components/ui/skeleton";
import { EmptyState } from "@/components/ui/state";
import { refusalReasons, refusalWords } from "@/lib/browser/refusals";
import { parseRefusalLook, type RefusalLook, refusalsPageQuery } from "@/lib/browser/support";
import { RefusalTable } from "./refusal-table";

const reasonOptions = [
  { value: "any", label: "Any reason" },
  ...refusalReasons.map((value) => ({ value, label: refusalWords[value].name })),
];
const noFilter = {
  reason: undefined,
  tenantId: undefined,
  last: undefined,
  from: undefined,
  to: undefined,
} satisfies Partial<RefusalLook>;
type Change = (change: Partial<RefusalLook>) => void;

/** Refused calls of all Tenants, and of nobody's. */
export function RefusalsPage() {
  const { look, change } = useLook(parseRefusalLook);
  const filtered = Object.keys(noFilter).some((name) => look[name as keyof RefusalLook]);
  return (
    <>
      <PageHeader
        title="Refused calls"
        description="Why each was refused. Callers are told only that their credential is not good."
      />
      <div className="grid grid-cols-2 items-center gap-2 pb-3 sm:flex sm:flex-wrap">
        <Select
          aria-label="Reason"
          options={reasonOptions}
          value={look.reason ?? "any"}
          onValueChange={(value) =>
            change({ reason: refusalReasons.find((reason) => reason === value) })
          }
          className="w-full sm:w-44"
        />
        <PeriodFilter period={look} onChange={change} />
        {filtered && (
          <Button variant="ghost" onClick={() => change(noFilter)}>
            Clear
          </Button>
        )}
      </div>
      <Refusals look={look} filtered={filtered} onChange={change} />
    </>
  );
}

function Refusals({
  look,
  filtered,
  onChange,
}: {
  look: RefusalLook;
  filtered: boolean;
  onChange: Change;
}) {
  const page = useQuery(refusalsPageQuery(look));
  if (page.isPending) return <TableSkeleton label="Loading refused calls" />;
  if (page.isError) {
    return (
      <LoadFailure what="The refused calls" error={page.error} onRetry={() => page.refetch()} />
    );
  }
  const { refusals, hasPrevious, hasNext } = page.data;
  if (refusals.length === 0 && (filtered || look.after || look.before)) {
    return (
      <EmptyState
        icon={SearchX}
        title="No refused call matches"
        action={<Button onClick={() => onChange(noFilter)}>Clear the filters</Button>}
      >
        None was refused for this reason in this time.
      </EmptyState>
    );
  }
  if (refusals.length === 0) {
    return (
      <EmptyState icon={CircleCheck} title="No call was refused">
        Refused calls are kept for some days and show up here about a second after they happen.
      </EmptyState>
    );
  }
  const [first, last] = [refusals[0]?.id, refusals.at(-1)?.id];
  return (
    <>
      <RefusalTable refusals={refusals} busy={page.isPlaceholderData} />
      {(hasPrevious || hasNext) && (
        <Pagination
          noun="refused calls"
          onPrevious={hasPrevious ? () => onChange({ before: first }) : undefined}
          onNext={hasNext ? () => onChange({ after: last }) : undefined}
        />
      )}
    </>
  );
}
