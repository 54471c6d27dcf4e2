import { cva, type VariantProps } from "class-variance-authority";
import type { ReactNode } from "react";
import { cn } from "./cn";

const styles = cva(
  "inline-flex h-5 w-fit shrink-0 items-center gap-1.5 whitespace-nowrap rounded-sm px-1.5 font-medium text-xs",
  {
    variants: {
      tone: {
        neutral: "bg-sunken text-muted inset-ring inset-ring-line",
        accent: "bg-accent-soft text-accent-ink",
        positive: "bg-positive-soft text-positive-ink",
        caution: "bg-caution-soft text-caution-ink",
        danger: "bg-danger-soft text-danger-ink",
        outline: "border border-edge text-muted",
      },
    },
    defaultVariants: { tone: "neutral" },
  },
);

const dots = {
  neutral: "bg-faint",
  outline: "bg-faint",
  accent: "bg-accent",
  positive: "bg-positive",
  caution: "bg-caution",
  danger: "bg-danger",
} as const;

export type Tone = NonNullable<VariantProps<typeof styles>["tone"]>;

/** A word or two about a thing. The word carries the meaning; the colour repeats it. */
export function Badge({
  tone = "neutral",
  dot = false,
  icon,
  className,
  children,
}: {
  tone?: Tone;
  dot?: boolean;
  icon?: ReactNode;
  className?: string;
  children: ReactNode;
}) {
  return (
    <span className={cn(styles({ tone }), "[&_svg]:size-3", className)}>
      {dot && <span aria-hidden className={cn("size-1.5 rounded-full", dots[tone])} />}
      {icon}
      {children}
    </span>
  );
}
