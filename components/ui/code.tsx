"use client";
import { type FocusEvent, useRef } from "react";
import { cn } from "./cn";
import { CopyButton } from "./copy-button";

/** A short piece of code in a line of prose. */
export function Code({ className, children }: { className?: string; children: string }) {
  return (
    <code
      className={cn(
        "wrap-anywhere rounded-xs border border-edge bg-sunken px-1 text-[0.93em]",
        className,
      )}
    >
      {children}
    </code>
  );
}

/** An id to copy, in a list of facts. */
export function CopyableId({ label, value }: { label: string; value: string }) {
  return (
    <span className="flex items-start gap-1">
      <code className="wrap-anywhere min-w-0 text-sm">{value}</code>
      <span className="-my-1">
        <CopyButton value={value} label={`Copy ${label}`} variant="ghost" size="sm" />
      </span>
    </span>
  );
}

/** A command or document to copy, wrapped so that all of it is seen, or line by line. */
export function CodeBlock({
  label,
  scrolls,
  children,
}: {
  label: string;
  /** Long lines scroll, and this names what scrolls. */
  scrolls?: string;
  children: string;
}) {
  return (
    <figure className="overflow-hidden rounded-md border border-edge bg-sunken">
      <figcaption className="flex items-center justify-between border-edge border-b py-1 pr-1 pl-3">
        <span className="text-muted text-sm">{label}</span>
        <CopyButton value={children} label={`Copy: ${label}`} variant="ghost" size="sm" />
      </figcaption>
      {scrolls ? (
        <section
          aria-label={scrolls}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it.
          tabIndex={0}
          className="overflow-x-auto focus-visible:-outline-offset-2"
        >
          <pre className="w-fit px-3 py-2 text-sm">
            <code>{children}</code>
          </pre>
        </section>
      ) : (
        <pre className="wrap-anywhere whitespace-pre-wrap px-3 py-2 text-sm">
          <code>{children}</code>
        </pre>
      )}
    </figure>
  );
}

/** A secret shown once: one press selects it whole, another copies it. */
export function SecretField({
  label,
  value,
  named = false,
  variant = "primary",
  onCopied,
}: {
  label: string;
  value: string;
  /** Shows the label: where more than one stands together. */
  named?: boolean;
  variant?: "primary" | "secondary";
  onCopied?: () => void;
}) {
  const input = useRef<HTMLTextAreaElement>(null);
  const selectAll = (event: FocusEvent<HTMLTextAreaElement>) => event.currentTarget.select();
  return (
    <div className="grid gap-2 sm:flex sm:flex-wrap sm:items-stretch">
      {named && (
        <span aria-hidden className="-mb-1 w-full font-medium text-sm">
          {label}
        </span>
      )}
      <textarea
        ref={input}
        readOnly
        rows={1}
        aria-label={label}
        value={value}
        onFocus={selectAll}
        spellCheck={false}
        className="control field-sizing-content wrap-anywhere h-auto min-h-8 min-w-0 flex-1 resize-none bg-sunken py-[5px] font-mono text-sm leading-5 pointer-coarse:h-auto pointer-coarse:min-h-10 pointer-coarse:py-[9px]"
      />
      <CopyButton
        value={value}
        label={`Copy ${label.toLowerCase()}`}
        text="Copy"
        variant={variant}
        onCopied={onCopied}
      />
    </div>
  );
}
