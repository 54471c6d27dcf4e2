"use client";
import { useQuery } from "@tanstack/react-query";
import { LoadFailure } from "@/components/shell/load-failure";
import { useLook } from "@/components/shell/use-look";
import { OverlapChip, StatusBadge } from "@/components/tokens/token-status";
import { useRefetchAt } from "@/components/tokens/use-refetch-at";
import { useTokenActs } from "@/components/tokens/use-token-acts";
import { LabelText } from "@/components/ui/label-text";
import { Breadcrumb, PageHeader } from "@/components/ui/page-header";
import { TableSkeleton } from "@/components/ui/skeleton";
import { Time } from "@/components/ui/time";
import { CallsCard } from "@/components/usage/calls-card";
import { isLost } from "@/lib/browser/http";
import { type TokenDetail, tokenQuery } from "@/lib/browser/tokens";
import { parseUsageLook, tokenUsageQuery } from "@/lib/browser/usage";
import { OverlapPanel } from "./overlap-panel";
import { RefusedCard } from "./refused-card";
import { SourcesCard } from "./sources-card";
import { TokenButtons } from "./token-buttons";
import { TokenFacts } from "./token-facts";
import { TrailCard } from "./trail-card";
import { useKeptFocus } from "./use-kept-focus";

type Props = {
  tenant: { id: string; sid: string };
  tokenId: string;
  canManage: boolean;
  verifyUrl: string;
};

/** One token: what it is, who uses it, why it was refused, what was done to it, and all acts. */
export function TokenPage(props: Props) {
  const token = useQuery(tokenQuery(props.tenant.id, props.tokenId));
  // What was loaded stays in view when merely asking again fails.
  if (token.data && !isLost(token.error)) {
    return <Detail {...props} token={token.data} refetch={token.refetch} />;
  }
  if (!token.error) return <TableSkeleton label="Loading the token" />;
  return <LoadFailure what="The token" error={token.error} onRetry={() => token.refetch()} />;
}

function Detail({
  tenant,
  canManage,
  verifyUrl,
  token,
  refetch,
}: Props & { token: TokenDetail; refetch: () => void }) {
  const { act, dialog } = useTokenActs(tenant.id, verifyUrl);
  const { look, change } = useLook(parseUsageLook);
  const usage = useQuery(tokenUsageQuery(tenant.id, token.id, look));
  const overlap = overlapOf(token);
  useRefetchAt(overlap ? Date.parse(overlap.endsAt) : undefined, refetch);
  const heading = useKeptFocus<HTMLSpanElement>(`${token.status} ${overlap?.old.id}`);
  return (
    <>
      <PageHeader
        breadcrumb={
          <Breadcrumb
            parts={[
              { label: "Tokens", href: `/t/${tenant.id}/tokens` },
              { label: <LabelText>{token.name}</LabelText> },
            ]}
          />
        }
        title={
          <span ref={heading} tabIndex={-1} className="outline-none">
            <LabelText wrap>{token.name}</LabelText>
          </span>
        }
        badge={
          <>
            <StatusBadge status={token.status} />
            <OverlapChip token={token} />
          </>
        }
        description={
          <>
            <code className="text-sm">{token.hint}</code> ·{" "}
            {token.lastUsedAt ? (
              <>
                last used <Time at={token.lastUsedAt} />
              </>
            ) : (
              "never used"
            )}
          </>
        }
        actions={canManage && <TokenButtons token={token} onAct={act} />}
      />
      <div className="grid gap-5">
        {overlap && (
          <OverlapPanel
            {...overlap}
            shown={token.id}
            onFinish={canManage ? () => act("revoke", overlap.old) : undefined}
          />
        )}
        <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_21rem]">
          <div className="grid min-w-0 gap-5">
            <RefusedCard token={token} />
            <CallsCard
              usage={usage}
              look={look}
              onChange={change}
              nothing={token.lastUsedAt ? undefined : "No system has called with it yet."}
            />
            <SourcesCard usage={usage} />
          </div>
          <div className="grid min-w-0 gap-5">
            <TokenFacts token={token} sid={tenant.sid} />
            <TrailCard token={token} />
          </div>
        </div>
      </div>
      {dialog}
    </>
  );
}

/** The overlap that a token is in as its old or its new half, while it lasts. */
function overlapOf(token: TokenDetail) {
  const old = token.replacedBy ? token : token.predecessor;
  const successor = token.replacedBy ? token.successor : token;
  if (!old?.revokeAt || !successor || old.status === "Revoked") return null;
  return { old, successor, endsAt: old.revokeAt };
}
