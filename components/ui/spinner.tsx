import { LoaderCircle } from "lucide-react";
import { cn } from "./cn";

/** Decoration only: what is being waited for must be said in words beside it. */
export function Spinner({ className }: { className?: string }) {
  return <LoaderCircle aria-hidden className={cn("size-4 animate-spin", className)} />;
}
