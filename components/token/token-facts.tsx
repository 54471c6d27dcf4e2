import Link from "next/link";
import type { ReactNode } from "react";
import { StatusBadge } from "@/components/tokens/token-status";
import { Badge } from "@/components/ui/badge";
import { Card, KeyValues } from "@/components/ui/card";
import { CopyableId } from "@/components/ui/code";
import { LabelText } from "@/components/ui/label-text";
import { Time } from "@/components/ui/time";
import { type Token, type TokenDetail, tokenPath } from "@/lib/browser/tokens";

/** What a token is: its hint and id, what it may do, whence it comes and what took its place. */
export function TokenFacts({ token, sid }: { token: TokenDetail; sid: string }) {
  const { issue, predecessor, successor, lastUsedAt, revokeAt, revokedAt } = token;
  const facts: { label: string; value: ReactNode }[] = [
    { label: "Token", value: <code className="text-sm">{token.hint}</code> },
    { label: "Id", value: <CopyableId label="Id" value={token.id} /> },
    { label: "Tenant SID", value: <CopyableId label="Tenant SID" value={sid} /> },
    { label: "Scopes", value: <Scopes scopes={token.scopes} /> },
    { label: "Last used", value: lastUsedAt ? <Time at={lastUsedAt} alone /> : "Never" },
    { label: "Issued", value: <Time at={token.createdAt} as="full" /> },
    { label: "Issued by", value: issue && <LabelText wrap>{issue.actor.name}</LabelText> },
    { label: "Replaces", value: predecessor && <Neighbour token={predecessor} /> },
    { label: "Replaced by", value: successor && <Neighbour token={successor} /> },
    {
      label: revokedAt ? "Revoked" : "Good until",
      value: (revokedAt ?? revokeAt) && <Time at={(revokedAt ?? revokeAt) as string} as="full" />,
    },
  ];
  return (
    <Card title="Token">
      <KeyValues narrow items={facts.filter(({ value }) => value)} />
    </Card>
  );
}

function Scopes({ scopes }: { scopes: string[] }) {
  if (scopes.length === 0) return <>None</>;
  return (
    <span className="flex flex-wrap gap-1">
      {scopes.map((scope) => (
        <Badge key={scope} tone="outline">
          <code>{scope}</code>
        </Badge>
      ))}
    </span>
  );
}

/** The token before or after in the chain of replacements. */
function Neighbour({ token }: { token: Token }) {
  return (
    <span className="grid justify-items-start gap-1">
      <Link
        href={tokenPath(token.tenantId, token.id)}
        className="max-w-full rounded-xs text-accent-ink underline underline-offset-3"
      >
        <LabelText wrap>{token.name}</LabelText>
      </Link>
      <span className="flex flex-wrap items-center gap-2">
        <code className="text-muted text-sm">{token.hint}</code>
        <StatusBadge status={token.status} />
      </span>
    </span>
  );
}
