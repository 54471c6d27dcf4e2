import { CircleAlert, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn";

const tones = {
  neutral: { box: "border border-line bg-sunken", icon: "text-muted", Icon: Info },
  caution: { box: "bg-caution-soft", icon: "text-caution-ink", Icon: TriangleAlert },
  danger: { box: "bg-danger-soft", icon: "text-danger-ink", Icon: CircleAlert },
} as const;

/** A sentence that must not be missed, inside a page or a dialog. */
export function Notice({
  tone = "neutral",
  title,
  role,
  action,
  className,
  children,
}: {
  tone?: keyof typeof tones;
  title?: ReactNode;
  role?: "alert" | "status";
  action?: ReactNode;
  className?: string;
  children?: ReactNode;
}) {
  const { box, icon, Icon } = tones[tone];
  return (
    <div role={role} className={cn("flex gap-2.5 rounded-md px-3 py-2.5", box, className)}>
      <Icon aria-hidden className={cn("mt-0.5 size-4 shrink-0", icon)} />
      <div className="grid min-w-0 flex-1 gap-0.5">
        {title && <p className="font-medium">{title}</p>}
        {children && <div className="wrap-anywhere">{children}</div>}
      </div>
      {action}
    </div>
  );
}
