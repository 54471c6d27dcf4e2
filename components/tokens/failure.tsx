import { Notice } from "@/components/ui/notice";
import { PortalError } from "@/lib/browser/http";

/** What an error means for somebody who wanted to change something. */
export function failureText(error: unknown): string {
  if (!(error instanceof PortalError)) return "Something went wrong in this page. Reload it.";
  if (error.code === "network") {
    return "The server can't be reached. Whether the change was made is unknown: look before you try again.";
  }
  return error.message;
}

/** The same as a notice in a dialog; nothing where there is no error. */
export function FailureNotice({ error }: { error: unknown }) {
  if (!error) return null;
  const requestId = error instanceof PortalError ? error.details.requestId : undefined;
  return (
    <Notice tone="danger" role="alert">
      {failureText(error)}
      {requestId && (
        <span className="block text-muted text-sm">
          Request <code className="select-all">{requestId}</code>
        </span>
      )}
    </Notice>
  );
}
