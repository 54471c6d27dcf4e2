"use client";
import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import dynamic from "next/dynamic";
import { useCallback, useEffect, useState } from "react";
import { useAct } from "@/components/shell/use-act";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { toast } from "@/components/ui/toast";
import { type Token, tokenPageQuery } from "@/lib/browser/tokens";
import { failureText } from "./failure";
import type { TokenAct } from "./token-actions";
import { TokenList } from "./token-list";
import { TokenToolbar } from "./token-toolbar";
import { useUpdateToken } from "./use-token-mutations";
import { useTokenView } from "./use-token-view";

const IssueDialog = dynamic(() => import("./issue-dialog"));
const RenameDialog = dynamic(() => import("./rename-dialog"));
const ReplaceDialog = dynamic(() => import("./replace-dialog"));
const RevokeDialog = dynamic(() => import("./revoke-dialog"));

type Open = { act: "issue" } | { act: "rename" | "replace" | "revoke"; token: Token } | null;

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
  const [open, setOpen] = useState<Open>(null);
  const close = useCallback(() => setOpen(null), []);
  useAct("issue", () => setOpen({ act: "issue" }), canManage);
  const switchToken = useSwitch(tenant.id);
  useRefetchAt(nextEnd(page.data?.tokens), page.refetch);
  const act = useCallback(
    (wanted: TokenAct, token: Token) =>
      wanted === "switch" ? switchToken(token) : setOpen({ act: wanted, token }),
    [switchToken],
  );
  const issueButton = canManage && (
    <Button variant="primary" icon={<Plus aria-hidden />} onClick={() => setOpen({ act: "issue" })}>
      Issue token
    </Button>
  );
  return (
    <>
      <PageHeader
        title="Tokens"
        badge={!canManage && <Badge tone="outline">View only</Badge>}
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
      {open?.act === "issue" && (
        <IssueDialog tenant={tenant} verifyUrl={verifyUrl} onClose={close} />
      )}
      {open?.act === "rename" && <RenameDialog token={open.token} onClose={close} />}
      {open?.act === "replace" && (
        <ReplaceDialog token={open.token} verifyUrl={verifyUrl} onClose={close} />
      )}
      {open?.act === "revoke" && (
        <RevokeDialog
          token={open.token}
          onClose={close}
          onReplace={
            open.token.replacedBy ? undefined : () => setOpen({ act: "replace", token: open.token })
          }
        />
      )}
    </>
  );
}

/** Deactivates or activates a token at once, with a way back. */
function useSwitch(tenantId: string): (token: Token) => void {
  const { mutate } = useUpdateToken(tenantId);
  return useCallback(
    function turn(token: Token) {
      const active = !token.active;
      mutate(
        { tokenId: token.id, active },
        {
          onSuccess: (changed) =>
            toast.success(active ? "Token activated" : "Token deactivated", {
              description: active ? undefined : "Its calls are refused until it is activated.",
              action: { label: "Undo", onClick: () => turn(changed) },
            }),
          onError: (error) =>
            toast.error(active ? "The token was not activated" : "The token was not deactivated", {
              description: failureText(error),
            }),
        },
      );
    },
    [mutate],
  );
}

/** When the next overlap in view ends. */
const nextEnd = (tokens: Token[] | undefined): number | undefined =>
  tokens
    ?.filter((token) => token.revokeAt && token.status !== "Revoked")
    .map((token) => Date.parse(token.revokeAt as string))
    .sort((a, b) => a - b)[0];

/** Asks anew once a time has come, so that an overlap is seen to end. */
function useRefetchAt(at: number | undefined, refetch: () => void): void {
  useEffect(() => {
    const wait = at === undefined ? Number.POSITIVE_INFINITY : at - Date.now() + 500;
    if (wait > 86_400_000) return;
    const timer = setTimeout(refetch, Math.max(wait, 1_000));
    return () => clearTimeout(timer);
  }, [at, refetch]);
}
