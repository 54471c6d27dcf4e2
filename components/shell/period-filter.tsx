"use client";
import { useState } from "react";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { useClock } from "@/components/ui/time";
import { fromLocal, lastPeriods, type Period, toLocal } from "@/lib/browser/period";

const names = { "24h": "Last 24 hours", "7d": "Last 7 days", "30d": "Last 30 days" } as const;
const options = [
  { value: "any", label: "Any time" },
  ...lastPeriods.map((value) => ({ value, label: names[value] })),
  { value: "range", label: "From … to …" },
];

/** A stretch of time: the last so many days, or between two moments in the reader's zone. */
export function PeriodFilter({
  period,
  onChange,
}: {
  period: Period;
  onChange: (period: Period) => void;
}) {
  const { now, zone } = useClock();
  const [asked, setAsked] = useState(false);
  const ranged = !period.last && (asked || Boolean(period.from || period.to));
  const choose = (value: string) => {
    setAsked(value === "range");
    const last = lastPeriods.find((known) => known === value);
    onChange({ last, from: undefined, to: undefined });
  };
  const bound = (edge: "from" | "to", label: string) => (
    <Input
      type="datetime-local"
      aria-label={label}
      max={toLocal(new Date(now + 86_400_000).toISOString(), zone)}
      value={toLocal(period[edge], zone)}
      onChange={(event) =>
        onChange({
          from: period.from,
          to: period.to,
          last: undefined,
          [edge]: fromLocal(event.target.value),
        })
      }
      className="col-span-2 w-full sm:w-56"
    />
  );
  return (
    <>
      <Select
        aria-label="Time"
        options={options}
        value={period.last ?? (ranged ? "range" : "any")}
        onValueChange={choose}
        className="w-full sm:w-36"
      />
      {ranged && (
        <>
          {bound("from", "From")}
          {bound("to", "To")}
        </>
      )}
    </>
  );
}
