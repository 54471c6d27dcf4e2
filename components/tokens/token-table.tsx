"use client";
import Link from "next/link";
import { useMemo } from "react";
import { type Column, columnsOf, DataTable } from "@/components/ui/data-table";
import { LabelText } from "@/components/ui/label-text";
import { Time } from "@/components/ui/time";
import { type Token, type TokenView, tokenPath } from "@/lib/browser/tokens";
import { type TokenAct, TokenActions } from "./token-actions";
import { OverlapChip, StatusBadge } from "./token-status";

const column = columnsOf<Token>();

const columns: Column<Token>[] = [
  column.accessor("name", {
    header: "Label",
    meta: { rowHeader: true, className: "relative" },
    cell: ({ row }) => <NameCell token={row.original} />,
  }),
  column.accessor("status", {
    header: "Status",
    enableSorting: false,
    meta: { className: "w-24 sm:w-28" },
    cell: ({ row }) => <StatusBadge status={row.original.status} />,
  }),
  column.accessor("hint", {
    header: "Token",
    enableSorting: false,
    meta: { className: "hidden w-36 sm:table-cell" },
    cell: ({ row }) => <code className="text-muted text-sm">{row.original.hint}</code>,
  }),
  column.accessor("scopes", {
    header: "Scopes",
    enableSorting: false,
    meta: { className: "hidden w-52 lg:table-cell" },
    cell: ({ row }) => (
      <LabelText className="text-muted">{row.original.scopes.join(", ")}</LabelText>
    ),
  }),
  column.accessor("lastUsedAt", {
    id: "used",
    header: "Last used",
    sortDescFirst: true,
    meta: { className: "hidden w-32 sm:table-cell" },
    cell: ({ row }) => <LastUsed token={row.original} never="Never" />,
  }),
  column.accessor("createdAt", {
    id: "created",
    header: "Issued",
    sortDescFirst: true,
    meta: { className: "hidden w-32 md:table-cell" },
    cell: ({ row }) => <Time at={row.original.createdAt} alone className="text-muted" />,
  }),
];

/** A page of tokens. Without `onAct` nothing can be changed. */
export function TokenTable({
  tokens,
  view,
  busy,
  onSort,
  onAct,
}: {
  tokens: Token[];
  view: TokenView;
  busy: boolean;
  onSort: (sort: Pick<TokenView, "sort" | "direction">) => void;
  onAct?: (act: TokenAct, token: Token) => void;
}) {
  const shown = useMemo(() => (onAct ? [...columns, actsColumn(onAct)] : columns), [onAct]);
  return (
    <DataTable
      label="Tokens"
      columns={shown}
      rows={tokens}
      rowId={(token) => token.id}
      sort={{ id: view.sort, desc: view.direction === "desc" }}
      onSort={({ id, desc }) =>
        onSort({ sort: id as TokenView["sort"], direction: desc ? "desc" : "asc" })
      }
      busy={busy}
      className="table-fixed"
    />
  );
}

const actsColumn = (onAct: (act: TokenAct, token: Token) => void) =>
  column.display({
    id: "acts",
    header: () => <span className="sr-only">Actions</span>,
    meta: { className: "w-13 pl-0 text-right" },
    cell: ({ row }) => <TokenActions token={row.original} onAct={onAct} />,
  });

function NameCell({ token }: { token: Token }) {
  const quiet = token.status === "Revoked" ? "text-muted" : "";
  return (
    <div className="grid min-w-0">
      <span className="flex min-w-0 flex-wrap items-center gap-x-2">
        <Link
          href={tokenPath(token.tenantId, token.id)}
          prefetch={false}
          className="min-w-0 rounded-xs after:absolute after:inset-0 hover:underline"
        >
          <LabelText className={`font-medium ${quiet}`}>{token.name}</LabelText>
        </Link>
        <OverlapChip token={token} />
      </span>
      <span className="truncate text-muted text-sm sm:hidden">
        <code>{token.hint.replace(/^.*…/, "…")}</code> ·{" "}
        <LastUsed token={token} never="Never used" />
      </span>
    </div>
  );
}

function LastUsed({ token, never }: { token: Token; never: string }) {
  if (!token.lastUsedAt) return <span className="text-faint">{never}</span>;
  return <Time at={token.lastUsedAt} alone className="text-muted" />;
}
