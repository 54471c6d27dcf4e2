"use client";
import { X } from "lucide-react";
import { Dialog as Primitive } from "radix-ui";
import { type ReactNode, useRef } from "react";
import { IconButton } from "./button";
import { cn } from "./cn";
import { useFocusReturn } from "./focus-return";

export const overlayStyle = "fixed inset-0 z-40 bg-scrim animate-appear";
export const panelStyle = cn(
  "fixed z-40 flex flex-col bg-raised shadow-overlay outline-none",
  "inset-x-0 bottom-0 max-h-[92dvh] animate-sheet rounded-t-lg",
  "sm:inset-auto sm:top-1/2 sm:left-1/2 sm:max-h-[min(44rem,88dvh)] sm:w-[calc(100%-2rem)] sm:-translate-x-1/2 sm:-translate-y-1/2 sm:animate-appear sm:rounded-lg",
);

const widths = { sm: "sm:max-w-104", md: "sm:max-w-130", lg: "sm:max-w-180" } as const;

// Where the focus goes first. `autoFocus` would take it too early for Radix to give it back later.
const FIELD = "input:not([type=hidden], [readonly]), textarea:not([readonly]), select";

/**
 * A dialog: centred on a desktop, a sheet from below on a phone. The focus starts in its first
 * field, stays inside, and goes back to where it was. With `locked`, neither Escape nor a press outside closes it.
 */
export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  size = "md",
  locked = false,
  children,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  size?: keyof typeof widths;
  locked?: boolean;
  children: ReactNode;
}) {
  const content = useRef<HTMLDivElement>(null);
  const { remember, onCloseAutoFocus } = useFocusReturn();
  const focusField = (event: Event) => {
    remember();
    const field = content.current?.querySelector<HTMLElement>(FIELD);
    if (!field) return;
    event.preventDefault();
    field.focus();
  };
  const keep = (event: Event) => {
    if (locked) event.preventDefault();
  };
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className={overlayStyle} />
        <Primitive.Content
          ref={content}
          className={cn(panelStyle, widths[size])}
          onOpenAutoFocus={focusField}
          onCloseAutoFocus={onCloseAutoFocus}
          onEscapeKeyDown={keep}
          onInteractOutside={keep}
          {...(description ? {} : { "aria-describedby": undefined })}
        >
          <header className="flex items-start gap-4 px-5 pt-4 pb-1">
            <div className="grid min-w-0 flex-1 gap-0.5">
              <Primitive.Title className="font-semibold text-md">{title}</Primitive.Title>
              {description && (
                <Primitive.Description className="text-muted">{description}</Primitive.Description>
              )}
            </div>
            {!locked && (
              <Primitive.Close asChild>
                <IconButton label="Close" size="sm" tooltip={false} className="-mr-2">
                  <X aria-hidden />
                </IconButton>
              </Primitive.Close>
            )}
          </header>
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

/** The part that scrolls, as a whole: a table in it keeps its height. */
export function DialogBody({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <div className={cn("grid min-h-0 auto-rows-max gap-4 overflow-y-auto px-5 py-3", className)}>
      {children}
    </div>
  );
}

/** The acts; the one that carries on comes last, and first on a phone. */
export function DialogFooter({ children }: { children: ReactNode }) {
  return (
    <footer className="flex flex-col-reverse gap-2 border-line border-t px-5 py-3 sm:flex-row sm:items-center sm:justify-end">
      {children}
    </footer>
  );
}
