import { cn } from "@/components/ui/cn";
import { LabelText } from "@/components/ui/label-text";

/** Where a call came from: its address, and what it says of itself. */
export function SourceText({
  source,
  className,
}: {
  source: { address: string | null; userAgent: string | null };
  className?: string;
}) {
  const { address, userAgent } = source;
  return (
    <span className={cn("grid min-w-0 leading-4.5", className)}>
      <LabelText className="font-medium">
        {address === "*" ? "All other sources" : (address ?? "Unknown address")}
      </LabelText>
      {address !== "*" && (
        <LabelText className="text-muted text-sm">{userAgent ?? "No user agent"}</LabelText>
      )}
    </span>
  );
}
