import { Button } from "@/components/ui/button";
import { ErrorState, NoPermissionState } from "@/components/ui/state";
import { PortalError } from "@/lib/browser/http";

/** In place of what could not be loaded: why, and what to do about it. */
export function LoadFailure({
  what,
  error,
  onRetry,
}: {
  /** "The refused calls", with its verb: "could not be loaded". */
  what: string;
  error: Error;
  onRetry: () => void;
}) {
  const code = error instanceof PortalError ? error.code : undefined;
  if (code === "forbidden" || code === "not_found") {
    return (
      <NoPermissionState title="You no longer have access to this">
        Your role was changed or taken away. An admin, or an operator, can give it back.
      </NoPermissionState>
    );
  }
  return (
    <ErrorState
      title={`${what} could not be loaded`}
      requestId={error instanceof PortalError ? error.details.requestId : undefined}
      action={<Button onClick={onRetry}>Try again</Button>}
    >
      {error.message}
    </ErrorState>
  );
}
