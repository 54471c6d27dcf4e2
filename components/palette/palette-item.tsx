"use client";
import { Command } from "cmdk";
import type { LucideIcon } from "lucide-react";
import { Children, type ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { LabelText } from "@/components/ui/label-text";

/** Entries of one kind under their name; nothing where there are none. */
export function PaletteGroup({ heading, children }: { heading: string; children: ReactNode }) {
  if (Children.count(children) === 0) return null;
  return (
    <Command.Group
      heading={heading}
      className="**:[[cmdk-group-heading]]:px-2 **:[[cmdk-group-heading]]:pt-2 **:[[cmdk-group-heading]]:pb-1 **:[[cmdk-group-heading]]:text-faint **:[[cmdk-group-heading]]:text-xs"
    >
      {children}
    </Command.Group>
  );
}

/** One thing to go to or to do. */
export function PaletteItem({
  id,
  icon: Icon,
  label,
  note,
  hint,
  badge,
  onSelect,
}: {
  id: string;
  icon: LucideIcon;
  label: string;
  /** Beside the label, in the type of code: a token's hint. */
  note?: string;
  /** Where it belongs. */
  hint?: string;
  badge?: string;
  onSelect: () => void;
}) {
  return (
    <Command.Item
      value={id}
      onSelect={onSelect}
      className="flex min-h-9 cursor-default select-none items-center gap-2.5 rounded-sm px-2 py-1 data-[selected=true]:bg-pressed pointer-coarse:min-h-11"
    >
      <Icon aria-hidden className="size-4 shrink-0 text-muted" />
      <LabelText className="min-w-0 shrink">{label}</LabelText>
      {note && <code className="hidden shrink-0 text-muted text-sm sm:block">{note}</code>}
      <span className="ml-auto flex min-w-0 max-w-[45%] shrink-0 items-center gap-2">
        {badge && <Badge>{badge}</Badge>}
        {hint && <LabelText className="text-muted text-sm">{hint}</LabelText>}
      </span>
    </Command.Item>
  );
}

/** A status that is worth a word; the usual one is none. */
export const statusOf = (status: string): string | undefined =>
  status.toLowerCase() === "active" ? undefined : status.charAt(0).toUpperCase() + status.slice(1);
