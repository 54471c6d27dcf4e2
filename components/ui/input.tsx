import { Search } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "./cn";

export function Input({ className, ...props }: ComponentProps<"input">) {
  return <input type="text" {...props} className={cn("control", className)} />;
}

export function Textarea({ className, rows = 3, ...props }: ComponentProps<"textarea">) {
  return (
    <textarea
      {...props}
      rows={rows}
      className={cn("control h-auto min-h-16 py-1.5 pointer-coarse:h-auto", className)}
    />
  );
}

/** A search box; `label` names it for those who do not see the lens. */
export function SearchInput({
  label,
  className,
  ...props
}: Omit<ComponentProps<"input">, "type"> & { label: string }) {
  return (
    <div className={cn("relative min-w-0", className)}>
      <Search
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-faint"
      />
      <input
        type="search"
        aria-label={label}
        autoComplete="off"
        spellCheck={false}
        {...props}
        className="control pl-8"
      />
    </div>
  );
}
