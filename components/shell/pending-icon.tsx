"use client";
import type { LucideIcon } from "lucide-react";
import { useLinkStatus } from "next/link";
import { cn } from "@/components/ui/cn";
import { Spinner } from "@/components/ui/spinner";

/** A link's icon: a spinner while its page is on the way; a page that comes at once shows none. */
export function PendingIcon({ icon: Icon }: { icon: LucideIcon }) {
  const { pending } = useLinkStatus();
  return (
    <span aria-hidden className="grid size-4 shrink-0 *:col-start-1 *:row-start-1">
      <Icon className={cn("size-4 transition-opacity delay-150", pending && "opacity-0")} />
      <Spinner
        className={cn("transition-opacity", pending ? "opacity-100 delay-150" : "opacity-0")}
      />
    </span>
  );
}
