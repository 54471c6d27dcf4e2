"use client";
import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { ScrollText, SearchX } from "lucide-react";
import dynamic from "next/dynamic";
import { LoadFailure } from "@/components/shell/load-failure";
import { useLook } from "@/components/shell/use-look";
import { Button } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { TableSkeleton } from "@/components/ui/skeleton";
import { EmptyState } from "@/components/ui/state";
import {
  type AuditEventPage,
  type AuditLook,
  auditPageQuery,
  parseAuditLook,
} from "@/lib/browser/audit";
import { AuditTable } from "./audit-table";
import { AuditToolbar } from "./audit-toolbar";
import { ChainCheckButton, ChainCheckResult, useChainCheck } from "./chain-check";
import { ExportMenu } from "./export-menu";

const EventDialog = dynamic(() => import("./event-dialog"));

const noFilter = {
  actor: undefined,
  action: undefined,
  target: undefined,
  last: undefined,
  from: undefined,
  to: undefined,
} satisfies Partial<AuditLook>;

const isFiltered = (look: AuditLook): boolean =>
  Object.keys(noFilter).some((name) => look[name as keyof AuditLook] !== undefined);

/** Everything that was changed in a Tenant: who, what, when, from where. */
export function AuditPage({ tenantId }: { tenantId: string }) {
  const { look, change } = useLook(parseAuditLook);
  const page = useQuery(auditPageQuery(tenantId, look));
  const check = useChainCheck(tenantId);
  const stay = { after: look.after, before: look.before };
  return (
    <>
      <PageHeader
        title="Audit"
        description="Every change: who, what, when and from where. None can be altered unseen."
        actions={
          <>
            <ChainCheckButton check={check} />
            <ExportMenu tenantId={tenantId} look={look} filtered={isFiltered(look)} />
          </>
        }
      />
      <ChainCheckResult check={check} onOpen={(event) => change({ ...stay, event })} />
      <AuditToolbar
        tenantId={tenantId}
        look={look}
        filtered={isFiltered(look)}
        events={page.data?.events}
        onChange={change}
        onClear={() => change(noFilter)}
      />
      <Events
        page={page}
        look={look}
        onChange={change}
        onOpen={(event) => change({ ...stay, event })}
      />
      {look.event && (
        <EventDialog
          key={look.event}
          tenantId={tenantId}
          eventId={look.event}
          known={page.data?.events.find(({ id }) => id === look.event)}
          onClose={() => change({ ...stay, event: undefined })}
          onFilter={(filter) => change({ ...noFilter, ...filter, event: undefined })}
        />
      )}
    </>
  );
}

function Events({
  page,
  look,
  onChange,
  onOpen,
}: {
  page: UseQueryResult<AuditEventPage>;
  look: AuditLook;
  onChange: (change: Partial<AuditLook>) => void;
  onOpen: (eventId: string) => void;
}) {
  if (page.isPending) return <TableSkeleton label="Loading the audit log" />;
  if (page.isError) {
    return <LoadFailure what="The audit log" error={page.error} onRetry={() => page.refetch()} />;
  }
  const { events, hasPrevious, hasNext } = page.data;
  if (events.length === 0) return <Nothing look={look} onClear={() => onChange(noFilter)} />;
  const [first, last] = [events[0]?.id, events.at(-1)?.id];
  return (
    <>
      <AuditTable events={events} busy={page.isPlaceholderData} onOpen={onOpen} />
      {(hasPrevious || hasNext) && (
        <Pagination
          noun="events"
          onPrevious={hasPrevious ? () => onChange({ before: first }) : undefined}
          onNext={hasNext ? () => onChange({ after: last }) : undefined}
        />
      )}
    </>
  );
}

function Nothing({ look, onClear }: { look: AuditLook; onClear: () => void }) {
  if (isFiltered(look) || look.after || look.before) {
    return (
      <EmptyState
        icon={SearchX}
        title="No event matches"
        action={<Button onClick={onClear}>Clear the filters</Button>}
      >
        Nothing was changed by this actor, in this way, on this target and in this time.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={ScrollText} title="Nothing has changed yet">
      Every change from now on is listed here.
    </EmptyState>
  );
}
