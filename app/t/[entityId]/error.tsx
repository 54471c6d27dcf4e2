"use client";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/state";

/** In place of a page of a Tenant when making it failed; the navigation stays. */
export default function TenantError({
  error,
  retry,
}: {
  error: Error & { digest?: string };
  retry: () => void;
}) {
  return (
    <>
      <h1 className="sr-only">This page could not be made</h1>
      <ErrorState
        title="This page could not be made"
        requestId={error.digest}
        action={<Button onClick={retry}>Try again</Button>}
      >
        Something went wrong on the server, or its database can't be reached. Nothing was changed.
      </ErrorState>
    </>
  );
}
