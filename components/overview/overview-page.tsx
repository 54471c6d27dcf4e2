"use client";
import { useQuery } from "@tanstack/react-query";
import { useLook } from "@/components/shell/use-look";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, KeyValues, Stat, Stats } from "@/components/ui/card";
import { CopyableId } from "@/components/ui/code";
import { LabelText } from "@/components/ui/label-text";
import { PageHeader } from "@/components/ui/page-header";
import { TableSkeleton } from "@/components/ui/skeleton";
import { ErrorState } from "@/components/ui/state";
import { Time } from "@/components/ui/time";
import { CallsCard } from "@/components/usage/calls-card";
import { formatCount } from "@/lib/browser/format";
import { PortalError } from "@/lib/browser/http";
import { overviewQuery, type Tenant } from "@/lib/browser/tenants";
import { parseUsageLook, tenantUsageQuery } from "@/lib/browser/usage";
import { AttentionList } from "./attention-list";
import { RecentChanges } from "./recent-changes";

const statusTone = { active: "positive", suspended: "caution", deleted: "danger" } as const;
const statusName = { active: "Active", suspended: "Suspended", deleted: "Deleted" } as const;
const authTypes = {
  Any: "System Access Tokens and JWTs",
  SystemAccessToken: "System Access Tokens only",
  JWT: "JWTs only",
} as const;

/** A Tenant at a glance. */
export function OverviewPage({ tenantId }: { tenantId: string }) {
  const overview = useQuery(overviewQuery(tenantId));
  const { look, change } = useLook(parseUsageLook);
  const usage = useQuery(tenantUsageQuery(tenantId, look));
  if (overview.isPending) return <TableSkeleton label="Loading the overview" />;
  if (overview.isError) {
    const { error } = overview;
    return (
      <ErrorState
        title="The overview could not be loaded"
        requestId={error instanceof PortalError ? error.details.requestId : undefined}
        action={<Button onClick={() => overview.refetch()}>Try again</Button>}
      >
        {error.message}
      </ErrorState>
    );
  }
  const { tenant, tokens, attention, recent } = overview.data;
  return (
    <>
      <PageHeader
        title={<LabelText wrap>{tenant.name}</LabelText>}
        badge={
          <Badge dot tone={statusTone[tenant.status]}>
            {statusName[tenant.status]}
          </Badge>
        }
        description={
          <>
            {statusName[tenant.status]} since <Time at={tenant.statusChangedAt} as="date" />
            {tenant.status === "active" ? "" : ". Every credential is refused"}.
          </>
        }
      />
      <div className="grid gap-5">
        <Stats label="Tokens by status">
          <Stat label="Active tokens" value={formatCount(tokens.Active)} />
          <Stat label="Inactive" value={formatCount(tokens.Inactive)} />
          <Stat label="Revoked" value={formatCount(tokens.Revoked)} />
        </Stats>
        <CallsCard usage={usage} look={look} onChange={change} />
        <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
          <div className="grid gap-5">
            <AttentionList tenantId={tenantId} items={attention} />
            <RecentChanges tenantId={tenantId} events={recent} />
          </div>
          <Details tenant={tenant} />
        </div>
      </div>
    </>
  );
}

function Details({ tenant }: { tenant: Tenant }) {
  const facts: [string, string | null][] = [
    ["Contact", tenant.email],
    ["Domain", tenant.domain],
    ["External id", tenant.externalSystemId],
    ["Description", tenant.description],
  ];
  return (
    <Card title="Tenant">
      <KeyValues
        narrow
        items={[
          { label: "EntityId", value: <CopyableId label="EntityId" value={tenant.id} /> },
          { label: "SID", value: <CopyableId label="SID" value={tenant.sid} /> },
          { label: "Accepts", value: authTypes[tenant.authType] },
          ...facts
            .filter((fact): fact is [string, string] => Boolean(fact[1]))
            .map(([label, value]) => ({ label, value: <LabelText wrap>{value}</LabelText> })),
          { label: "Created", value: <Time at={tenant.createdAt} as="full" /> },
        ]}
      />
    </Card>
  );
}
