import { visibleText } from "@/lib/browser/format";
import { cn } from "./cn";

/**
 * Text that someone typed (a label, a name): isolated from the text around it, unseen characters
 * spelled out, cut with an ellipsis, whole on hover.
 */
export function LabelText({
  children,
  wrap = false,
  className,
}: {
  children: string;
  wrap?: boolean;
  className?: string;
}) {
  const text = visibleText(children);
  return (
    <bdi
      title={wrap ? undefined : text}
      className={cn(
        wrap ? "wrap-anywhere" : "inline-block max-w-full truncate align-bottom",
        className,
      )}
    >
      {text}
    </bdi>
  );
}
