"use client";
import { Check } from "lucide-react";
import { DropdownMenu as Primitive } from "radix-ui";
import { type ComponentProps, type ReactNode, useEffect, useRef } from "react";
import { cn } from "./cn";
import { useOpenedByKeyboard } from "./deferred";
// A dialog opened from a menu gives the focus back to the menu's button: noted from now on.
import "./focus-return";

const itemStyle = cn(
  "relative flex min-h-8 cursor-default select-none items-center gap-2 rounded-sm px-2 py-1 outline-none",
  "data-highlighted:bg-hover data-disabled:opacity-50 pointer-coarse:min-h-10",
  "[&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted",
);

/**
 * On a busy machine a dialog that an act opened has the focus before the menu gives it back to its
 * button: the dialog would take it back, with what is in its field selected and about to be typed over.
 */
function leaveFocusElsewhere(event: Event) {
  if (document.activeElement !== document.body) event.preventDefault();
}

/** A menu of acts, opened by the trigger. */
export function Menu({
  trigger,
  align = "end",
  side,
  defaultOpen,
  className,
  children,
}: {
  trigger: ReactNode;
  /** Begin open: for a menu behind a Deferred trigger. */
  defaultOpen?: boolean;
  align?: "start" | "center" | "end";
  side?: "top" | "bottom";
  className?: string;
  children: ReactNode;
}) {
  const content = useRef<HTMLDivElement>(null);
  const enter = useOpenedByKeyboard() && defaultOpen;
  useEffect(() => {
    if (!enter) return;
    // Once Radix has focused the menu as a whole, as it does for a pointer.
    const frame = requestAnimationFrame(() =>
      content.current?.querySelector<HTMLElement>("[role^=menuitem]:not([data-disabled])")?.focus(),
    );
    return () => cancelAnimationFrame(frame);
  }, [enter]);
  return (
    // Not modal: the page behind stays as it is for assistive technology and for scrolling.
    <Primitive.Root modal={false} defaultOpen={defaultOpen}>
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          ref={content}
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
          onCloseAutoFocus={leaveFocusElsewhere}
          className={cn(
            "z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-44 animate-appear overflow-y-auto rounded-md bg-raised p-1 shadow-overlay",
            className,
          )}
        >
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

export function MenuItem({
  danger = false,
  icon,
  className,
  children,
  ...props
}: ComponentProps<typeof Primitive.Item> & { danger?: boolean; icon?: ReactNode }) {
  return (
    <Primitive.Item
      {...props}
      className={cn(
        itemStyle,
        danger && "text-danger-ink data-highlighted:bg-danger-soft [&_svg]:text-danger-ink",
        className,
      )}
    >
      {props.asChild ? (
        children
      ) : (
        <>
          {icon}
          {children}
        </>
      )}
    </Primitive.Item>
  );
}

/** One of several, e.g. a theme; the chosen one is ticked. */
export function MenuChoice<T extends string>({
  label,
  value,
  onValueChange,
  options,
}: {
  label: string;
  value: T;
  onValueChange: (value: T) => void;
  options: readonly { value: T; label: string }[];
}) {
  return (
    <Primitive.RadioGroup
      aria-label={label}
      value={value}
      onValueChange={(next) => onValueChange(next as T)}
    >
      <MenuLabel>{label}</MenuLabel>
      {options.map((option) => (
        <Primitive.RadioItem
          key={option.value}
          value={option.value}
          onSelect={(event) => event.preventDefault()}
          className={cn(itemStyle, "pr-8")}
        >
          {option.label}
          <Primitive.ItemIndicator className="absolute right-2">
            <Check aria-hidden />
          </Primitive.ItemIndicator>
        </Primitive.RadioItem>
      ))}
    </Primitive.RadioGroup>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return (
    <Primitive.Label className="px-2 pt-1.5 pb-1 text-faint text-xs">{children}</Primitive.Label>
  );
}

export function MenuSeparator() {
  return <Primitive.Separator className="-mx-1 my-1 h-px bg-line" />;
}
