"use client";
import type { UseQueryResult } from "@tanstack/react-query";
import { LabelText } from "@/components/ui/label-text";
import { Notice } from "@/components/ui/notice";
import { Skeleton } from "@/components/ui/skeleton";
import { formatCount } from "@/lib/browser/format";
import type { AuthType, AuthTypeImpact, CredentialsInUse } from "@/lib/browser/settings";

type Kind = "tokens" | "clients";

/** The kinds of credentials that are good under one AuthType and refused under the next. */
export function refusedKinds(from: AuthType, to: AuthType): Kind[] {
  const allowed = (authType: AuthType): Kind[] =>
    authType === "Any" ? ["tokens", "clients"] : authType === "JWT" ? ["clients"] : ["tokens"];
  return allowed(from).filter((kind) => !allowed(to).includes(kind));
}

/** Says which credentials stop working, and which of them are in use. */
export function ImpactNotice({
  from,
  to,
  impact,
}: {
  from: AuthType;
  to: AuthType;
  impact: UseQueryResult<AuthTypeImpact>;
}) {
  const [kind] = refusedKinds(from, to);
  if (!kind) return <Notice>Nothing stops working: more is allowed than now.</Notice>;
  if (impact.isPending) return <Skeleton className="h-16 rounded-md" />;
  if (impact.isError) {
    return (
      <Notice tone="danger" role="alert">
        Which {kind} are in use could not be loaded. All of this Tenant's {kind} stop working.
      </Notice>
    );
  }
  return <Refused kind={kind} use={impact.data[kind]} />;
}

function Refused({ kind, use }: { kind: Kind; use: CredentialsInUse }) {
  const one = kind === "tokens" ? "token" : "client";
  if (use.good === 0) {
    return <Notice>Nothing stops working: this Tenant has no {one} that is good now.</Notice>;
  }
  const count = `${formatCount(use.good)} ${use.good === 1 ? one : kind}`;
  const more = use.usedThisWeek - use.named.length;
  return (
    <Notice
      tone={use.usedThisWeek > 0 ? "danger" : "caution"}
      title={`${count} will be refused at once`}
    >
      {use.usedThisWeek === 0 ? (
        use.good === 1 ? (
          "It was not used within a week."
        ) : (
          "None of them was used within a week."
        )
      ) : (
        <>
          Used within a week:{" "}
          {use.named.map((name, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: names may repeat, their order is fixed.
            <span key={index}>
              {index > 0 && ", "}
              <LabelText wrap className="font-medium">
                {name}
              </LabelText>
            </span>
          ))}
          {more > 0 && ` and ${formatCount(more)} more`}. Their calls are answered with 401.
        </>
      )}
    </Notice>
  );
}
