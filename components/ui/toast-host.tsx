"use client";
import { CircleAlert, CircleCheck } from "lucide-react";
import { useEffect } from "react";
import { Toaster, toast } from "sonner";
import { onToast, takeToasts } from "./toast-queue";

/** Shows toasts: read out politely, dismissed by swipe. */
export default function ToastHost() {
  useEffect(
    () =>
      onToast(() => {
        for (const { kind, title, ...options } of takeToasts()) toast[kind](title, options);
      }),
    [],
  );
  return (
    <Toaster
      position="bottom-right"
      gap={8}
      visibleToasts={3}
      duration={5_000}
      icons={{
        success: <CircleCheck aria-hidden className="size-4 text-positive" />,
        error: <CircleAlert aria-hidden className="size-4 text-danger" />,
      }}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            "flex w-full items-start gap-2.5 overflow-hidden rounded-md bg-raised px-3.5 py-3 text-base text-ink shadow-overlay data-[expanded=false]:data-[front=false]:*:opacity-0",
          icon: "mt-0.5 shrink-0",
          content: "min-w-0 flex-1 wrap-anywhere",
          title: "font-medium",
          description: "text-muted",
          actionButton:
            "tap shrink-0 rounded-xs font-medium text-accent-ink text-sm underline underline-offset-3",
        },
      }}
    />
  );
}
