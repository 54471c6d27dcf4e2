"use client";
import Link from "next/link";
import type { ReactNode } from "react";
import { FailureNotice } from "@/components/tokens/failure";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { EntryPage } from "./entry-page";

/** While the server is asked about a link. */
export function LinkLoading() {
  return (
    <EntryPage title={<Skeleton className="h-6 w-56" />} lead={<Skeleton className="w-72" />}>
      <div role="status" className="grid gap-4">
        <span className="sr-only">Loading</span>
        <Skeleton className="h-10 rounded-md" />
        <Skeleton className="h-10 rounded-md" />
      </div>
    </EntryPage>
  );
}

/** A link that can't be used, whyever that is. */
export function LinkOver({ children }: { children: ReactNode }) {
  return (
    <EntryPage
      title="This link no longer works"
      lead="It was used or withdrawn, has expired, or was not copied in full."
    >
      <div className="grid gap-4">
        {children}
        <Button asChild size="lg">
          <Link href="/sign-in">Go to sign-in</Link>
        </Button>
      </div>
    </EntryPage>
  );
}

/** The server could not be asked. */
export function LinkFailed({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  return (
    <EntryPage title="This link could not be looked up">
      <FailureNotice error={error} />
      <Button size="lg" onClick={onRetry}>
        Try again
      </Button>
    </EntryPage>
  );
}
