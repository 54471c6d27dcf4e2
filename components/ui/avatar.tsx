import { cn } from "./cn";

/** The initials of a person or a Tenant. Decoration: the name stands beside it. */
export function Avatar({
  name,
  shape = "round",
  className,
}: {
  name: string;
  shape?: "round" | "square";
  className?: string;
}) {
  const words = name.match(/[\p{L}\p{N}]+/gu) ?? ["?"];
  const initials = [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word) => [...(word ?? "")][0] ?? "")
    .join("")
    .toUpperCase();
  return (
    <span
      aria-hidden
      className={cn(
        "inline-grid size-6 shrink-0 select-none place-items-center bg-pressed font-semibold text-[0.625rem] text-muted leading-none",
        shape === "round" ? "rounded-full" : "rounded-sm",
        className,
      )}
    >
      {initials}
    </span>
  );
}
