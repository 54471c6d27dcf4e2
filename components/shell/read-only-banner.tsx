import { Eye } from "lucide-react";
import type { Standing } from "@/lib/browser/tenants";

/** Above every page of a Tenant for those who may look and change nothing: its viewers, and staff. */
export function ReadOnlyBanner({ standing }: { standing: Standing }) {
  if (standing === "admin") return null;
  return (
    <section
      aria-label="Your access"
      className="border-line border-b bg-accent-soft py-2 text-accent-ink"
    >
      <div className="mx-auto flex max-w-290 items-center gap-2 px-4 sm:px-8">
        <Eye aria-hidden className="size-4 shrink-0" />
        <span>
          <strong className="font-medium">Read-only:</strong>{" "}
          {standing === "viewer"
            ? "you are a viewer of this Tenant."
            : `you see this Tenant as ${standing}.`}
        </span>
      </div>
    </section>
  );
}
