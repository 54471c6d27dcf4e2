"use client";
import { Failed } from "@/components/shell/failed";

/** In place of a page of a Tenant when making it failed; the navigation stays. */
export default function TenantError({
  error,
  retry,
}: {
  error: Error & { digest?: string };
  retry: () => void;
}) {
  return <Failed reference={error.digest} onRetry={retry} />;
}
