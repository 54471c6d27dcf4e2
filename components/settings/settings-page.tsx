"use client";
import { useQuery } from "@tanstack/react-query";
import { AuthTypeCard } from "@/components/clients/auth-type-card";
import { LoadFailure } from "@/components/shell/load-failure";
import { Card, KeyValues } from "@/components/ui/card";
import { CopyableId } from "@/components/ui/code";
import { LabelText } from "@/components/ui/label-text";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";
import { Time } from "@/components/ui/time";
import { type Tenant, tenantQuery } from "@/lib/browser/settings";
import { DetailsForm } from "./details-form";

/** A Tenant's details and its AuthType; only an admin can change them. */
export function SettingsPage({ tenantId, canManage }: { tenantId: string; canManage: boolean }) {
  const tenant = useQuery(tenantQuery(tenantId));
  return (
    <>
      <PageHeader
        title="Settings"
        description="What this Tenant is called, and how its systems may call."
      />
      {tenant.isPending ? (
        <Skeleton className="h-80 rounded-lg" />
      ) : tenant.isError ? (
        <LoadFailure what="The settings" error={tenant.error} onRetry={() => tenant.refetch()} />
      ) : (
        <div className="grid max-w-200 gap-5">
          <DetailsForm
            key={`details-${tenant.data.id}`}
            tenant={tenant.data}
            canManage={canManage}
          />
          <AuthTypeCard tenantId={tenantId} canManage={canManage} />
          <Identity tenant={tenant.data} />
        </div>
      )}
    </>
  );
}

/** What only an operator can change, or nobody. */
function Identity({ tenant }: { tenant: Tenant }) {
  const none = <span className="text-faint">None</span>;
  return (
    <Card title="Identity" description="Fixed here. An operator can change Domain and External id.">
      <KeyValues
        items={[
          { label: "EntityId", value: <CopyableId label="EntityId" value={tenant.id} /> },
          { label: "SID", value: <CopyableId label="SID" value={tenant.sid} /> },
          {
            label: "Domain",
            value: tenant.domain ? <LabelText wrap>{tenant.domain}</LabelText> : none,
          },
          {
            label: "External id",
            value: tenant.externalSystemId ? (
              <LabelText wrap>{tenant.externalSystemId}</LabelText>
            ) : (
              none
            ),
          },
          { label: "Created", value: <Time at={tenant.createdAt} as="full" /> },
        ]}
      />
    </Card>
  );
}
