"use client";
import type { UseQueryResult } from "@tanstack/react-query";
import { KeyRound, SearchX } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Pagination } from "@/components/ui/pagination";
import { TableSkeleton } from "@/components/ui/skeleton";
import { EmptyState, ErrorState, NoPermissionState } from "@/components/ui/state";
import { visibleText } from "@/lib/browser/format";
import { PortalError } from "@/lib/browser/http";
import type { Token, TokenPage, TokenView } from "@/lib/browser/tokens";
import type { TokenAct } from "./token-actions";
import { TokenTable } from "./token-table";

type Change = (change: Partial<TokenView>) => void;

/** The tokens in view, or why there are none. */
export function TokenList({
  page,
  view,
  onChange,
  onAct,
  issueButton,
}: {
  page: UseQueryResult<TokenPage>;
  view: TokenView;
  onChange: Change;
  onAct?: (act: TokenAct, token: Token) => void;
  issueButton: ReactNode;
}) {
  if (page.isPending) return <TableSkeleton label="Loading tokens" />;
  if (page.isError) return <Failed error={page.error} onRetry={() => page.refetch()} />;
  const { tokens, total, skipped } = page.data;
  if (tokens.length === 0) {
    return <Nothing view={view} onChange={onChange} issueButton={issueButton} />;
  }
  const [first, last] = [tokens[0]?.id, tokens.at(-1)?.id];
  const end = skipped + tokens.length;
  return (
    <>
      <TokenTable
        tokens={tokens}
        view={view}
        busy={page.isPlaceholderData}
        onSort={onChange}
        onAct={onAct}
      />
      {total > tokens.length && (
        <Pagination
          noun="tokens"
          from={skipped + 1}
          to={end}
          total={total}
          onPrevious={skipped > 0 ? () => onChange({ before: first }) : undefined}
          onNext={end < total ? () => onChange({ after: last }) : undefined}
        />
      )}
    </>
  );
}

function Nothing({
  view,
  onChange,
  issueButton,
}: {
  view: TokenView;
  onChange: Change;
  issueButton: ReactNode;
}) {
  if (view.search || view.status || view.after || view.before) {
    return (
      <EmptyState
        icon={SearchX}
        title="No token matches"
        action={
          <Button onClick={() => onChange({ search: undefined, status: undefined })}>
            {view.status ? "Clear the filters" : "Clear the search"}
          </Button>
        }
      >
        {view.search ? (
          <>
            No {view.status?.toLowerCase()} token matches “<bdi>{visibleText(view.search)}</bdi>”.
          </>
        ) : (
          <>No token is {view.status?.toLowerCase() ?? "on this page"}.</>
        )}
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={KeyRound} title="No tokens yet" action={issueButton}>
      A System Access Token lets one system call as this Tenant. Issue one for each system, so that
      each can be replaced or revoked by itself.
    </EmptyState>
  );
}

function Failed({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const code = error instanceof PortalError ? error.code : undefined;
  if (code === "forbidden" || code === "not_found") {
    return (
      <NoPermissionState title="You no longer have access to these tokens">
        Your role in this Tenant was changed or taken away. An admin of it can give it back.
      </NoPermissionState>
    );
  }
  return (
    <ErrorState
      title="The tokens could not be loaded"
      requestId={error instanceof PortalError ? error.details.requestId : undefined}
      action={<Button onClick={onRetry}>Try again</Button>}
    >
      {error.message}
    </ErrorState>
  );
}
