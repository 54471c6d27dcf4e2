"use client";
import { Command } from "cmdk";
import { Check } from "lucide-react";
import { cn } from "./cn";
import { LabelText } from "./label-text";

export type PickerOption = { value: string; label: string; hint?: string };

const itemStyle =
  "flex min-h-9 cursor-default select-none items-center gap-2.5 rounded-sm px-2 py-1 data-[selected=true]:bg-pressed pointer-coarse:min-h-11";

/** Options to pick from: typed into, walked with the arrows, chosen with Enter. */
export default function PickerList({
  label,
  any,
  value,
  options,
  loading,
  onSearch,
  onChosen,
}: {
  label: string;
  any: string;
  value: string | undefined;
  options: readonly PickerOption[];
  loading: boolean;
  onSearch?: (text: string) => void;
  onChosen: (value: string | undefined) => void;
}) {
  const item = (id: string | undefined, text: string, hint?: string) => (
    <Command.Item
      key={id ?? ""}
      value={id ?? "any"}
      keywords={[text, hint ?? ""]}
      onSelect={() => onChosen(id)}
      className={itemStyle}
    >
      <span className="grid min-w-0 flex-1">
        <LabelText>{text}</LabelText>
        {hint && <LabelText className="text-muted text-sm">{hint}</LabelText>}
      </span>
      <Check
        aria-hidden
        className={cn("size-4 shrink-0 text-accent-ink", id !== value && "invisible")}
      />
    </Command.Item>
  );
  return (
    <Command label={label} loop shouldFilter={!onSearch}>
      <Command.Input
        autoFocus
        placeholder="Find"
        onValueChange={onSearch}
        className="h-10 w-full border-line border-b bg-transparent px-3 outline-none placeholder:text-faint pointer-coarse:text-md"
      />
      <Command.List className="max-h-80 overflow-y-auto p-1">
        {item(undefined, any)}
        {options.map((option) => item(option.value, option.label, option.hint))}
        <Command.Empty className="px-2 py-3 text-muted">
          {loading ? "Looking…" : "Nothing matches."}
        </Command.Empty>
      </Command.List>
    </Command>
  );
}
