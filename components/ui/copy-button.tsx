"use client";
import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { Button, IconButton } from "./button";

/** Copies text and says so; where the clipboard is refused, it says that instead. */
export function CopyButton({
  value,
  label = "Copy",
  text,
  variant = "secondary",
  size,
  onCopied,
}: {
  value: string;
  /** Accessible name, and the tooltip of the icon form. */
  label?: string;
  /** Shown beside the icon; without it the button is an icon only. */
  text?: string;
  variant?: "primary" | "secondary" | "ghost";
  size?: "sm" | "md" | "lg";
  onCopied?: () => void;
}) {
  const [outcome, setOutcome] = useState<"copied" | "failed" | null>(null);
  useEffect(() => {
    if (!outcome) return;
    const timer = setTimeout(() => setOutcome(null), 2_000);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
      setOutcome("copied");
      onCopied?.();
    } catch {
      setOutcome("failed");
    }
  };
  const icon = outcome === "copied" ? <Check aria-hidden /> : <Copy aria-hidden />;
  const words = outcome === "copied" ? "Copied" : outcome === "failed" ? "Press Ctrl+C" : null;
  return (
    <>
      {text ? (
        <Button
          variant={variant}
          size={size}
          onClick={copy}
          icon={icon}
          aria-label={text === label ? undefined : label}
        >
          <span className="grid [&>*]:col-start-1 [&>*]:row-start-1">
            <span className={words ? "invisible" : undefined}>{text}</span>
            {words && <span aria-hidden>{words}</span>}
          </span>
        </Button>
      ) : (
        <IconButton label={words ?? label} variant={variant} size={size} onClick={copy}>
          {icon}
        </IconButton>
      )}
      <span role="status" className="sr-only">
        {words}
      </span>
    </>
  );
}
