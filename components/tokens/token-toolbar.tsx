"use client";
import { Segmented } from "@/components/ui/segmented";
import { TypedSearch } from "@/components/ui/typed-search";
import { formatCount } from "@/lib/browser/format";
import type { TokenPage, TokenStatus, TokenView } from "@/lib/browser/tokens";

const statuses = ["Active", "Inactive", "Revoked"] as const;

/** Search and status filter; both live in the URL. */
export function TokenToolbar({
  view,
  counts,
  onChange,
}: {
  view: TokenView;
  counts: TokenPage["counts"] | undefined;
  onChange: (change: Partial<TokenView>, replace?: boolean) => void;
}) {
  const all = counts && statuses.reduce((sum, status) => sum + counts[status], 0);
  const option = (value: TokenStatus | "All", count: number | undefined) => ({
    value,
    label: (
      <>
        {value}{" "}
        {count !== undefined && (
          <span className="font-normal text-muted">{formatCount(count)}</span>
        )}
      </>
    ),
  });
  return (
    <div className="flex flex-wrap items-center gap-2 pb-3">
      <TypedSearch
        label="Search tokens"
        placeholder="Search label, last characters or id"
        value={view.search ?? ""}
        onChange={(search) => onChange({ search: search || undefined }, true)}
      />
      <div className="max-w-full overflow-x-auto max-sm:[&_label]:px-1.5">
        <Segmented
          label="Status"
          value={view.status ?? "All"}
          onValueChange={(value) => onChange({ status: value === "All" ? undefined : value })}
          options={[
            option("All", all),
            ...statuses.map((status) => option(status, counts?.[status])),
          ]}
        />
      </div>
    </div>
  );
}
