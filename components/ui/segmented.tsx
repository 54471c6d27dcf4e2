"use client";
import { RadioGroup } from "radix-ui";
import type { ReactNode } from "react";

/** One of two to four short words, all in view: a range, a view. */
export function Segmented<T extends string>({
  label,
  value,
  onValueChange,
  options,
}: {
  label: string;
  value: T;
  onValueChange: (value: T) => void;
  options: readonly { value: T; label: ReactNode }[];
}) {
  return (
    <RadioGroup.Root
      aria-label={label}
      orientation="horizontal"
      value={value}
      onValueChange={(next) => onValueChange(next as T)}
      className="inline-flex rounded-md border border-edge bg-sunken p-0.5"
    >
      {options.map((option) => (
        <RadioGroup.Item
          key={option.value}
          value={option.value}
          className="h-6.5 whitespace-nowrap rounded-sm px-2.5 font-medium text-muted text-sm hover:text-ink data-[state=checked]:bg-chosen data-[state=checked]:text-ink data-[state=checked]:shadow-control pointer-coarse:h-9"
        >
          {option.label}
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  );
}
