"use client";
import { Check, Minus } from "lucide-react";
import { Checkbox as Box, RadioGroup as Group, Switch as Toggle } from "radix-ui";
import { type ComponentProps, type ReactNode, useId } from "react";
import { cn } from "./cn";

/** A label and, below it, what choosing this means; pressing either chooses. */
function Words({ id, label, hint }: { id: string; label: ReactNode; hint?: ReactNode }) {
  return (
    <span className="grid min-w-0 flex-1">
      <label htmlFor={id} className="select-none text-base">
        {label}
      </label>
      {hint && (
        <span id={`${id}-hint`} className="text-muted text-sm">
          {hint}
        </span>
      )}
    </span>
  );
}

type Worded = { label: ReactNode; hint?: ReactNode; className?: string };

export function Checkbox({
  label,
  hint,
  className,
  ...props
}: Omit<ComponentProps<typeof Box.Root>, "children"> & Worded) {
  const id = useId();
  return (
    <div className={cn("flex items-start gap-2.5", className)}>
      <Box.Root
        id={id}
        aria-describedby={hint ? `${id}-hint` : undefined}
        {...props}
        className="tap group mt-0.5 grid size-4 shrink-0 place-items-center rounded-xs border border-control bg-surface disabled:opacity-50 data-[state=checked]:border-accent data-[state=indeterminate]:border-accent data-[state=checked]:bg-accent data-[state=indeterminate]:bg-accent"
      >
        <Box.Indicator className="text-on-accent">
          <Check
            aria-hidden
            strokeWidth={3}
            className="size-3 group-data-[state=indeterminate]:hidden"
          />
          <Minus
            aria-hidden
            strokeWidth={3}
            className="hidden size-3 group-data-[state=indeterminate]:block"
          />
        </Box.Indicator>
      </Box.Root>
      <Words id={id} label={label} hint={hint} />
    </div>
  );
}

export function Switch({
  label,
  hint,
  className,
  ...props
}: Omit<ComponentProps<typeof Toggle.Root>, "children"> & Worded) {
  const id = useId();
  return (
    <div className={cn("flex items-start gap-2.5", className)}>
      <Toggle.Root
        id={id}
        aria-describedby={hint ? `${id}-hint` : undefined}
        {...props}
        className="tap mt-px h-4.5 w-8 shrink-0 rounded-full bg-control p-0.5 transition-colors disabled:opacity-50 data-[state=checked]:bg-accent"
      >
        <Toggle.Thumb className="block size-3.5 rounded-full bg-on-accent transition-transform data-[state=checked]:translate-x-3.5" />
      </Toggle.Root>
      <Words id={id} label={label} hint={hint} />
    </div>
  );
}

export function RadioGroup({
  className,
  options,
  ...props
}: Omit<ComponentProps<typeof Group.Root>, "children"> & {
  options: readonly { value: string; label: ReactNode; hint?: ReactNode; disabled?: boolean }[];
}) {
  return (
    <Group.Root {...props} className={cn("grid gap-2.5", className)}>
      {options.map((option) => (
        <Radio key={option.value} {...option} />
      ))}
    </Group.Root>
  );
}

function Radio({
  value,
  label,
  hint,
  disabled,
}: {
  value: string;
  label: ReactNode;
  hint?: ReactNode;
  disabled?: boolean;
}) {
  const id = useId();
  return (
    <div className="flex items-start gap-2.5">
      <Group.Item
        id={id}
        value={value}
        disabled={disabled}
        aria-describedby={hint ? `${id}-hint` : undefined}
        className="tap mt-0.5 grid size-4 shrink-0 place-items-center rounded-full border border-control bg-surface disabled:opacity-50 data-[state=checked]:border-accent data-[state=checked]:bg-accent"
      >
        <Group.Indicator className="size-1.5 rounded-full bg-on-accent" />
      </Group.Item>
      <Words id={id} label={label} hint={hint} />
    </div>
  );
}
