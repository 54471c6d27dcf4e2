"use client";
import { Failed } from "@/components/shell/failed";

/** What a page shows in place of itself when making it failed. */
export default function ErrorPage({
  error,
  retry,
}: {
  error: Error & { digest?: string };
  retry: () => void;
}) {
  return (
    <main className="mx-auto w-full max-w-120 px-4 pt-[20vh] pb-8">
      <Failed reference={error.digest} onRetry={retry} />
    </main>
  );
}
