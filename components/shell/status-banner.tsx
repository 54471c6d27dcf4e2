import { Time } from "@/components/ui/time";
import { visibleText } from "@/lib/browser/format";
import type { Tenant } from "@/lib/browser/tenants";

/** Above every page of a Tenant that is not active: since when, why, and what it means. */
export function StatusBanner({ tenant }: { tenant: Tenant }) {
  if (tenant.status === "active") return null;
  return (
    <section
      aria-label="Tenant status"
      className="wrap-anywhere border-line border-b bg-caution-soft py-2"
    >
      <p className="mx-auto max-w-290 px-4 sm:px-8">
        <strong className="font-medium">
          {tenant.status === "suspended" ? "Suspended" : "Deleted"} since{" "}
          <Time at={tenant.statusChangedAt} as="full" />.
        </strong>{" "}
        {tenant.statusReason && <span>“{visibleText(tenant.statusReason)}” </span>}
        Every credential of this Tenant is refused.
      </p>
    </section>
  );
}
