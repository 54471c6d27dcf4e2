import Link from "next/link";
import { StatusBadge } from "@/components/tokens/token-status";
import { Button } from "@/components/ui/button";
import { Card, KeyValues } from "@/components/ui/card";
import { CopyableId } from "@/components/ui/code";
import { LabelText } from "@/components/ui/label-text";
import { Time } from "@/components/ui/time";
import type { SupportSearchResult } from "@/lib/browser/support";

type Credential = SupportSearchResult["credentials"][number];

/** A token or client that was found: whose it is, whether it is good, when it was used. */
export function CredentialCard({ credential }: { credential: Credential }) {
  const { kind, id, publicId, name, hint, status, tenantId, tenantName, lastUsedAt } = credential;
  const idName = kind === "token" ? "Id" : "ClientId";
  return (
    <Card
      title={
        <span className="flex min-w-0 flex-wrap items-center gap-2">
          <LabelText wrap>{name}</LabelText>
          <StatusBadge status={status} />
        </span>
      }
      description={kind === "token" ? "System Access Token" : "Client"}
      actions={
        <span className="flex flex-wrap gap-2">
          {kind === "token" && (
            <Button asChild size="sm">
              <Link href={`/t/${tenantId}/tokens/${id}`}>Open token</Link>
            </Button>
          )}
          <Button asChild size="sm">
            <Link href={`/t/${tenantId}/audit?target=${publicId}`}>Audit trail</Link>
          </Button>
        </span>
      }
    >
      <KeyValues
        items={[
          {
            label: "Tenant",
            value: (
              <Link
                href={`/t/${tenantId}`}
                className="rounded-xs text-accent-ink underline underline-offset-3"
              >
                <LabelText wrap>{tenantName}</LabelText>
              </Link>
            ),
          },
          ...(hint ? [{ label: "Token", value: <code className="text-sm">{hint}</code> }] : []),
          { label: idName, value: <CopyableId label={idName} value={publicId} /> },
          { label: "Last used", value: lastUsedAt ? <Time at={lastUsedAt} alone /> : "Never" },
        ]}
      />
    </Card>
  );
}
