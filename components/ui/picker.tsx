"use client";
import { ChevronDown } from "lucide-react";
import dynamic from "next/dynamic";
import { Popover } from "radix-ui";
import { useState } from "react";
import { visibleText } from "@/lib/browser/format";
import { cn } from "./cn";
import type { PickerOption } from "./picker-list";
import { Spinner } from "./spinner";

export type { PickerOption };

const PickerList = dynamic(() => import("./picker-list"), {
  loading: () => (
    <div role="status" className="grid h-24 place-items-center">
      <Spinner />
      <span className="sr-only">Loading</span>
    </div>
  ),
});

/** One of many, found by typing. `any` is the choice of none. */
export function Picker({
  label,
  any,
  value,
  valueName,
  options,
  loading = false,
  onSearch,
  onOpen,
  onChange,
  className,
}: {
  label: string;
  any: string;
  value: string | undefined;
  /** How the chosen one is called, where it is not among the options. */
  valueName?: string;
  options: readonly PickerOption[];
  loading?: boolean;
  /** Where given, the options are searched for elsewhere, by what is typed. */
  onSearch?: (text: string) => void;
  onOpen?: () => void;
  onChange: (value: string | undefined) => void;
  className?: string;
}) {
  const [open, setOpen] = useState(false);
  const name = options.find((option) => option.value === value)?.label ?? valueName ?? value;
  const turn = (next: boolean) => {
    if (next) onOpen?.();
    setOpen(next);
  };
  return (
    <Popover.Root open={open} onOpenChange={turn}>
      <Popover.Trigger asChild>
        <button
          type="button"
          aria-label={`${label}: ${name === undefined ? any : visibleText(name)}`}
          className={cn(
            "control inline-flex items-center justify-between gap-2 pr-2 text-left",
            className,
          )}
        >
          <bdi className="truncate">{name === undefined ? any : visibleText(name)}</bdi>
          <ChevronDown aria-hidden className="size-4 shrink-0 text-faint" />
        </button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={4}
          collisionPadding={8}
          aria-label={label}
          className="z-50 w-72 animate-appear overflow-hidden rounded-md bg-raised shadow-overlay outline-none"
        >
          <PickerList
            label={label}
            any={any}
            value={value}
            options={options}
            loading={loading}
            onSearch={onSearch}
            onChosen={(chosen) => {
              setOpen(false);
              onChange(chosen);
            }}
          />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
