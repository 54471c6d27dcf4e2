import { cva, type VariantProps } from "class-variance-authority";
import { Slot } from "radix-ui";
import type { ComponentProps, MouseEvent, ReactNode } from "react";
import { cn } from "./cn";
import { Spinner } from "./spinner";
import { Tooltip } from "./tooltip";

const styles = cva(
  [
    "inline-flex shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-md",
    "font-medium transition-colors duration-100",
    "disabled:cursor-not-allowed disabled:opacity-50 aria-busy:cursor-progress",
    "[&_svg]:size-4 [&_svg]:shrink-0",
  ],
  {
    variants: {
      variant: {
        primary:
          "border border-transparent bg-accent text-on-accent shadow-control enabled:hover:bg-accent-hover",
        secondary:
          "border border-edge bg-surface text-ink shadow-control hover:bg-hover active:bg-pressed",
        ghost:
          "text-muted hover:bg-hover hover:text-ink active:bg-pressed data-[state=open]:bg-hover",
        danger:
          "border border-transparent bg-danger text-on-danger shadow-control enabled:hover:bg-danger-hover",
        "danger-quiet":
          "border border-edge bg-surface text-danger-ink shadow-control hover:border-danger hover:bg-danger-soft",
        link: "text-accent-ink underline decoration-1 underline-offset-3 hover:decoration-2",
      },
      size: {
        sm: "h-7 px-2 text-sm pointer-coarse:h-9",
        md: "h-8 px-3 text-sm pointer-coarse:h-10",
        lg: "h-10 px-4 text-base",
        inline: "h-auto rounded-xs",
      },
      square: { true: "px-0", false: "" },
    },
    compoundVariants: [
      { variant: "link", class: "px-0" },
      { size: "sm", square: true, class: "w-7 pointer-coarse:w-9" },
      { size: "md", square: true, class: "w-8 pointer-coarse:w-10" },
      { size: "lg", square: true, class: "w-10" },
    ],
    defaultVariants: { variant: "secondary", size: "md", square: false },
  },
);

type Look = Omit<VariantProps<typeof styles>, "square">;

export type ButtonProps = ComponentProps<"button"> &
  Look & {
    /** Under way: says so to assistive technology, keeps the focus and ignores further presses. */
    pending?: boolean;
    /** Lend the look to the one child element, e.g. a link. */
    asChild?: boolean;
    icon?: ReactNode;
  };

/** A button. `type` is "button" unless it submits. */
export function Button({
  variant,
  size,
  pending = false,
  asChild = false,
  icon,
  className,
  children,
  onClick,
  ...props
}: ButtonProps) {
  const look = cn(styles({ variant, size }), className);
  if (asChild) {
    return (
      <Slot.Root className={look} {...props}>
        {children}
      </Slot.Root>
    );
  }
  const press = (event: MouseEvent<HTMLButtonElement>) => {
    if (pending) event.preventDefault();
    else onClick?.(event);
  };
  return (
    <button
      type="button"
      {...props}
      className={look}
      onClick={press}
      aria-disabled={pending || undefined}
      aria-busy={pending || undefined}
    >
      {pending ? <Spinner /> : icon}
      {children}
    </button>
  );
}

export type IconButtonProps = Omit<ComponentProps<"button">, "children"> &
  Look & {
    /** Its accessible name, also shown as a tooltip. */
    label: string;
    children: ReactNode;
    tooltip?: boolean;
  };

/** A square button that shows an icon only; the label is required. */
export function IconButton({
  label,
  variant = "ghost",
  size,
  className,
  children,
  tooltip = true,
  ...props
}: IconButtonProps) {
  const button = (
    <button
      type="button"
      aria-label={label}
      {...props}
      className={cn(styles({ variant, size, square: true }), className)}
    >
      {children}
    </button>
  );
  return tooltip ? <Tooltip content={label}>{button}</Tooltip> : button;
}
