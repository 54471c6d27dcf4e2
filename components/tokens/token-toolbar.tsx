"use client";
import { useEffect, useRef, useState } from "react";
import { SearchInput } from "@/components/ui/input";
import { Segmented } from "@/components/ui/segmented";
import { formatCount } from "@/lib/browser/format";
import type { TokenPage, TokenStatus, TokenView } from "@/lib/browser/tokens";

const statuses = ["Active", "Inactive", "Revoked"] as const;
const pause = 250;

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
      <Search
        value={view.search ?? ""}
        onChange={(search) => onChange({ search: search || undefined }, true)}
      />
      <div className="max-w-full overflow-x-auto">
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

/** Says what is typed once it pauses; follows the URL when that changes by itself. */
function Search({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const [text, setText] = useState(value);
  const said = useRef(value);
  useEffect(() => {
    if (value === said.current) return;
    said.current = value;
    setText(value);
  }, [value]);
  useEffect(() => {
    if (text === said.current) return;
    const timer = setTimeout(() => {
      said.current = text;
      onChange(text);
    }, pause);
    return () => clearTimeout(timer);
  }, [text, onChange]);
  return (
    <SearchInput
      label="Search tokens"
      placeholder="Search label, last characters or id"
      maxLength={100}
      value={text}
      onChange={(event) => setText(event.target.value)}
      className="w-full sm:w-72"
    />
  );
}
