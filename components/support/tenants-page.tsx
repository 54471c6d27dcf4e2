"use client";
import { useQuery } from "@tanstack/react-query";
import { Building2, SearchX } from "lucide-react";
import type { ReactNode } from "react";
import { LoadFailure } from "@/components/shell/load-failure";
import { useLook } from "@/components/shell/use-look";
import { Button } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { Segmented } from "@/components/ui/segmented";
import { TableSkeleton } from "@/components/ui/skeleton";
import { EmptyState } from "@/components/ui/state";
import { TypedSearch } from "@/components/ui/typed-search";
import { visibleText } from "@/lib/browser/format";
import {
  parseTenantsLook,
  type TenantVolume,
  tenantStatuses,
  tenantsPageQuery,
} from "@/lib/browser/support";
import { type TenantAct, TenantTable } from "./tenant-table";

const statusOptions = [
  { value: "all", label: "All" },
  { value: "active", label: "Active" },
  { value: "suspended", label: "Suspended" },
  { value: "deleted", label: "Deleted" },
] as const;
type Look = ReturnType<typeof parseTenantsLook>;
type Change = (change: Partial<Omit<Look, "limit">>, replace?: boolean) => void;

const parse = (params: URLSearchParams) => {
  const { search, status, after, before } = parseTenantsLook(params);
  return { search, status, after, before };
};

/** Tenants with their status and volume. Without `onAct` nothing can be changed. */
export function TenantsPage({
  description,
  action,
  onAct,
}: {
  description: string;
  /** What makes a new one. */
  action?: ReactNode;
  onAct?: (act: TenantAct, tenant: TenantVolume) => void;
}) {
  const { look, change } = useLook(parse);
  return (
    <>
      <PageHeader title="Tenants" description={description} actions={action} />
      <div className="flex flex-wrap items-center gap-2 pb-3">
        <TypedSearch
          label="Search Tenants"
          placeholder="Search name, e-mail, Domain or id"
          value={look.search ?? ""}
          onChange={(search) => change({ search: search || undefined }, true)}
        />
        <div className="max-w-full overflow-x-auto">
          <Segmented
            label="Status"
            value={look.status ?? "all"}
            onValueChange={(value) =>
              change({ status: tenantStatuses.find((status) => status === value) })
            }
            options={statusOptions}
          />
        </div>
      </div>
      <Tenants look={look} action={action} onChange={change} onAct={onAct} />
    </>
  );
}

function Tenants({
  look,
  action,
  onChange,
  onAct,
}: {
  look: Look;
  action?: ReactNode;
  onChange: Change;
  onAct?: (act: TenantAct, tenant: TenantVolume) => void;
}) {
  const page = useQuery(tenantsPageQuery(look));
  if (page.isPending) return <TableSkeleton label="Loading Tenants" />;
  if (page.isError) {
    return <LoadFailure what="The Tenants" error={page.error} onRetry={() => page.refetch()} />;
  }
  const { tenants, hasPrevious, hasNext } = page.data;
  if (tenants.length === 0) return <Nothing look={look} action={action} onChange={onChange} />;
  const [first, last] = [tenants[0]?.id, tenants.at(-1)?.id];
  return (
    <>
      <TenantTable tenants={tenants} busy={page.isPlaceholderData} onAct={onAct} />
      {(hasPrevious || hasNext) && (
        <Pagination
          noun="Tenants"
          onPrevious={hasPrevious ? () => onChange({ before: first }) : undefined}
          onNext={hasNext ? () => onChange({ after: last }) : undefined}
        />
      )}
    </>
  );
}

function Nothing({ look, action, onChange }: { look: Look; action?: ReactNode; onChange: Change }) {
  if (look.search || look.status || look.after || look.before) {
    return (
      <EmptyState
        icon={SearchX}
        title="No Tenant matches"
        action={
          <Button onClick={() => onChange({ search: undefined, status: undefined })}>
            {look.status ? "Clear the filters" : "Clear the search"}
          </Button>
        }
      >
        {look.search ? (
          <>
            No {look.status} Tenant matches “<bdi>{visibleText(look.search)}</bdi>”.
          </>
        ) : (
          <>No Tenant is {look.status ?? "on this page"}.</>
        )}
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={Building2} title="No Tenants yet" action={action}>
      A Tenant is one account of the ServiceBroker, with tokens, clients and people of its own.
    </EmptyState>
  );
}
