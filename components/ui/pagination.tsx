import { ChevronLeft, ChevronRight } from "lucide-react";
import { formatCount } from "@/lib/browser/format";
import { Button } from "./button";

/** Steps through pages. `from` and `to` count from 1; keyset pages may know none of the numbers. */
export function Pagination({
  noun,
  from,
  to,
  total,
  onPrevious,
  onNext,
}: {
  /** Plural: "tokens". */
  noun: string;
  from?: number;
  to?: number;
  total?: number;
  /** Absent on the first page. */
  onPrevious?: () => void;
  /** Absent on the last page. */
  onNext?: () => void;
}) {
  return (
    <nav
      aria-label={`Pages of ${noun}`}
      className="flex flex-wrap items-center justify-between gap-3 pt-3"
    >
      <p className="text-muted text-sm" role="status">
        {from !== undefined && to !== undefined && (
          <>
            {formatCount(from)}–{formatCount(to)}
            {total === undefined ? "" : ` of ${formatCount(total)}`} {noun}
          </>
        )}
      </p>
      <div className="flex gap-2">
        <Button
          size="sm"
          onClick={onPrevious}
          disabled={!onPrevious}
          icon={<ChevronLeft aria-hidden />}
        >
          Previous
        </Button>
        <Button size="sm" onClick={onNext} disabled={!onNext}>
          Next
          <ChevronRight aria-hidden />
        </Button>
      </div>
    </nav>
  );
}
