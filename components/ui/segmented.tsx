"use client";
import { type ReactNode, useId } from "react";

/** One of two to four short words, all in view: a range, a view. Native radio buttons. */
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
  const name = useId();
  return (
    <fieldset className="inline-flex rounded-md border border-edge bg-sunken p-0.5">
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          className="relative grid h-6.5 place-items-center whitespace-nowrap rounded-sm px-2.5 font-medium text-muted text-sm hover:text-ink has-checked:bg-chosen has-checked:text-ink has-checked:shadow-control has-focus-visible:outline-2 has-focus-visible:outline-focus pointer-coarse:h-9"
        >
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onValueChange(option.value)}
            className="absolute inset-0 cursor-pointer appearance-none rounded-sm outline-none"
          />
          <span className="pointer-events-none relative">{option.label}</span>
        </label>
      ))}
    </fieldset>
  );
}
