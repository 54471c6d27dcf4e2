"use client";
import { Button } from "@/components/ui/button";
import { ErrorState, NoPermissionState } from "@/components/ui/state";
import { PortalError } from "@/lib/browser/http";

/** In place of what could not be loaded, or is not for the reader any more. */
export function PageFailure({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const known = error instanceof PortalError ? error : null;
  if (known?.code === "forbidden" || known?.code === "not_found") {
    return <NoPermissionState>Your role no longer includes this page.</NoPermissionState>;
  }
  return (
    <ErrorState
      requestId={known?.details.requestId}
      action={<Button onClick={onRetry}>Try again</Button>}
    >
      {known?.message ?? "Something went wrong in this page."}
    </ErrorState>
  );
}
