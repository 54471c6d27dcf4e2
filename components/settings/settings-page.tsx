"use client";
import { useQuery } from "@tanstack/react-query";
import { AuthTypeCard } from "@/components/clients/auth-type-card";
import { LoadFailure } from "@/components/shell/load-failure";
import { Card, KeyValues } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
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
          { label: "EntityId", value: <Copyable label="EntityId" value={tenant.id} /> },
          { label: "SID", value: <Copyable label="SID" value={tenant.sid} /> },
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

function Copyable({ label, value }: { label: string; value: string }) {
  return (
    <span className="flex items-start gap-1">
      <code className="wrap-anywhere min-w-0 text-sm">{value}</code>
      <span className="-my-1">
        <CopyButton value={value} label={`Copy ${label}`} variant="ghost" size="sm" />
      </span>
    </span>
  );
}
