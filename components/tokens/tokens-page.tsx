"use client";
import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import dynamic from "next/dynamic";
import { useCallback, useState } from "react";
import { useAct } from "@/components/shell/use-act";
import { Button } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { type Token, tokenPageQuery } from "@/lib/browser/tokens";
import { TokenList } from "./token-list";
import { TokenToolbar } from "./token-toolbar";
import { useRefetchAt } from "./use-refetch-at";
import { useTokenActs } from "./use-token-acts";
import { useTokenView } from "./use-token-view";

const IssueDialog = dynamic(() => import("./issue-dialog"));

/** A Tenant's tokens, and all that can be done to them. */
export function TokensPage({
  tenant,
  canManage,
  verifyUrl,
}: {
  tenant: { id: string; isMaster: boolean };
  canManage: boolean;
  verifyUrl: string;
}) {
  const { view, change } = useTokenView();
  const page = useQuery(tokenPageQuery(tenant.id, view));
  const [issuing, setIssuing] = useState(false);
  const close = useCallback(() => setIssuing(false), []);
  useAct("issue", () => setIssuing(true), canManage);
  const { act, dialog } = useTokenActs(tenant.id, verifyUrl);
  useRefetchAt(nextEnd(page.data?.tokens), page.refetch);
  const issueButton = canManage && (
    <Button variant="primary" icon={<Plus aria-hidden />} onClick={() => setIssuing(true)}>
      Issue token
    </Button>
  );
  return (
    <>
      <PageHeader
        title="Tokens"
        description="System Access Tokens: each lets one system call as this Tenant until it is revoked."
        actions={issueButton}
      />
      <TokenToolbar view={view} counts={page.data?.counts} onChange={change} />
      <TokenList
        page={page}
        view={view}
        onChange={change}
        onAct={canManage ? act : undefined}
        issueButton={issueButton}
      />
      {issuing && <IssueDialog tenant={tenant} verifyUrl={verifyUrl} onClose={close} />}
      {dialog}
    </>
  );
}

/** When the next overlap in view ends. */
const nextEnd = (tokens: Token[] | undefined): number | undefined =>
  tokens
    ?.filter((token) => token.revokeAt && token.status !== "Revoked")
    .map((token) => Date.parse(token.revokeAt as string))
    .sort((a, b) => a - b)[0];
