"use client";
import { Tabs as Primitive } from "radix-ui";
import type { ReactNode } from "react";

/** Views of one thing. The caller keeps `value` in the URL. */
export function Tabs<T extends string>({
  label,
  value,
  onValueChange,
  tabs,
}: {
  label: string;
  value: T;
  onValueChange: (value: T) => void;
  tabs: readonly { value: T; label: ReactNode; content: ReactNode }[];
}) {
  return (
    <Primitive.Root value={value} onValueChange={(next) => onValueChange(next as T)}>
      <Primitive.List
        aria-label={label}
        className="flex gap-5 overflow-x-auto border-line border-b [scrollbar-width:none]"
      >
        {tabs.map((tab) => (
          <Primitive.Trigger
            key={tab.value}
            value={tab.value}
            className="-mb-px h-9 shrink-0 border-transparent border-b-2 font-medium text-muted hover:text-ink focus-visible:-outline-offset-2 data-[state=active]:border-accent data-[state=active]:text-ink"
          >
            {tab.label}
          </Primitive.Trigger>
        ))}
      </Primitive.List>
      {tabs.map((tab) => (
        <Primitive.Content key={tab.value} value={tab.value} className="pt-4">
          {tab.content}
        </Primitive.Content>
      ))}
    </Primitive.Root>
  );
}
