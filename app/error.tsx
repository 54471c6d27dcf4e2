"use client";
import { PlainPage } from "@/components/shell/plain-page";
import { Button } from "@/components/ui/button";

/** What a page shows in place of itself when making it failed. */
export default function ErrorPage({
  error,
  retry,
}: {
  error: Error & { digest?: string };
  retry: () => void;
}) {
  return (
    <PlainPage
      title="This page could not be made"
      actions={
        <Button variant="primary" onClick={retry}>
          Try again
        </Button>
      }
    >
      <p>
        Something went wrong on the server, or its database can't be reached. Nothing was changed.
      </p>
      {error.digest && (
        <p className="text-sm">
          Reference <code className="select-all">{error.digest}</code>
        </p>
      )}
    </PlainPage>
  );
}
