import { cn } from "./cn";

/** Stands where something will be, at its size, so that nothing moves when it comes. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={cn("h-4 animate-pulse rounded-xs bg-pressed", className)} />;
}

/** A table to come. `label` is said once to assistive technology. */
export function TableSkeleton({ label, rows = 6 }: { label: string; rows?: number }) {
  return (
    <div role="status" className="overflow-hidden rounded-lg border border-line bg-surface">
      <span className="sr-only">{label}</span>
      <div className="flex h-9 items-center gap-6 border-line border-b bg-canvas px-3">
        <Skeleton className="h-3 w-16" />
        <Skeleton className="ml-auto h-3 w-14" />
        <Skeleton className="hidden h-3 w-20 sm:block" />
      </div>
      {Array.from({ length: rows }, (_, row) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: rows of a skeleton have nothing else.
          key={row}
          className="flex h-11 items-center gap-6 border-line px-3 not-last:border-b"
        >
          <Skeleton className={row % 3 === 0 ? "w-44" : row % 3 === 1 ? "w-32" : "w-52"} />
          <Skeleton className="ml-auto w-14" />
          <Skeleton className="hidden w-20 sm:block" />
        </div>
      ))}
    </div>
  );
}
