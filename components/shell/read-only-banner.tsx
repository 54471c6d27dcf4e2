import { Eye } from "lucide-react";
import type { Standing } from "@/lib/browser/tenants";

/** Above every page of a Tenant that a member of staff looks at from outside. */
export function ReadOnlyBanner({ standing }: { standing: Standing }) {
  if (standing !== "support" && standing !== "operator") return null;
  return (
    <section
      aria-label="Your access"
      className="flex items-center gap-2 border-line border-b bg-accent-soft px-4 py-2 text-accent-ink sm:px-8"
    >
      <Eye aria-hidden className="size-4 shrink-0" />
      <span>
        <strong className="font-medium">Read-only:</strong> you are {standing}.
      </span>
    </section>
  );
}
