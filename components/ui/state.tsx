import type { LucideIcon } from "lucide-react";
import { CloudAlert, Lock } from "lucide-react";
import type { ReactNode } from "react";

/** Says why there is nothing here, and what to do about it. */
export function EmptyState({
  icon: Icon,
  title,
  children,
  action,
  role,
}: {
  icon?: LucideIcon;
  title: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
  role?: "alert";
}) {
  return (
    <div
      role={role}
      className="grid justify-items-start gap-3 rounded-lg border border-edge border-dashed bg-surface px-5 py-6 sm:px-8 sm:py-8"
    >
      {Icon && <Icon aria-hidden className="size-5 text-faint" />}
      <div className="grid max-w-130 gap-1">
        <h2 className="font-semibold text-base">{title}</h2>
        {children && <div className="text-muted">{children}</div>}
      </div>
      {action && <div className="flex flex-wrap gap-2">{action}</div>}
    </div>
  );
}

/** Something went wrong; the request id lets support find it in the logs. */
export function ErrorState({
  title = "This could not be loaded",
  children,
  requestId,
  action,
}: {
  title?: ReactNode;
  children?: ReactNode;
  requestId?: string;
  action?: ReactNode;
}) {
  return (
    <EmptyState role="alert" icon={CloudAlert} title={title} action={action}>
      {children}
      {requestId && (
        <p className="mt-1 text-sm">
          Request <code className="select-all">{requestId}</code>
        </p>
      )}
    </EmptyState>
  );
}

/** The page is there, but not for this person. */
export function NoPermissionState({
  title = "You don't have access to this",
  children,
  action,
}: {
  title?: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <EmptyState icon={Lock} title={title} action={action}>
      {children}
    </EmptyState>
  );
}
