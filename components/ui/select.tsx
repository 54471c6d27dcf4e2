"use client";
import { Check, ChevronDown } from "lucide-react";
import { Select as Primitive } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./cn";

export type SelectOption = { value: string; label: ReactNode; hint?: ReactNode };

/** One of a few. `value` is never empty: give "all" or "none" a value of its own. */
export function Select({
  options,
  value,
  onValueChange,
  className,
  disabled,
  ...control
}: {
  options: readonly SelectOption[];
  value: string;
  onValueChange: (value: string) => void;
  className?: string;
  disabled?: boolean;
  id?: string;
  required?: boolean;
  "aria-label"?: string;
  "aria-describedby"?: string;
  "aria-invalid"?: true;
}) {
  return (
    <Primitive.Root value={value} onValueChange={onValueChange} disabled={disabled}>
      <Primitive.Trigger
        {...control}
        className={cn("control inline-flex items-center justify-between gap-2 pr-2", className)}
      >
        <span className="truncate">
          <Primitive.Value />
        </span>
        <ChevronDown aria-hidden className="size-4 shrink-0 text-faint" />
      </Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          position="popper"
          sideOffset={4}
          collisionPadding={8}
          className="z-50 max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) animate-appear overflow-hidden rounded-md bg-raised shadow-overlay"
        >
          <Primitive.Viewport className="p-1">
            {options.map((option) => (
              <Primitive.Item
                key={option.value}
                value={option.value}
                className="relative flex min-h-8 cursor-default select-none items-center rounded-sm py-1 pr-8 pl-2 outline-none data-highlighted:bg-hover pointer-coarse:min-h-10"
              >
                <span className="grid min-w-0">
                  <Primitive.ItemText>{option.label}</Primitive.ItemText>
                  {option.hint && <span className="text-muted text-sm">{option.hint}</span>}
                </span>
                <Primitive.ItemIndicator className="absolute right-2">
                  <Check aria-hidden className="size-4 text-accent-ink" />
                </Primitive.ItemIndicator>
              </Primitive.Item>
            ))}
          </Primitive.Viewport>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
