"use client";
import { Ban, Copy, Ellipsis, ExternalLink, Play, Trash2 } from "lucide-react";
import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { IconButton } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { copyText } from "@/components/ui/copy-text";
import { LabelText } from "@/components/ui/label-text";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import { Table, TableBody, TableHead, TableRow, Td, Th } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { formatCount, visibleText } from "@/lib/browser/format";
import type { TenantVolume } from "@/lib/browser/support";
import { TenantStatus } from "./words";

export type TenantAct = "suspend" | "activate" | "delete";
type OnAct = (act: TenantAct, tenant: TenantVolume) => void;

const figure = "hidden w-24 text-right md:table-cell";

/** A page of Tenants with what they hold and how much they are used. */
export function TenantTable({
  tenants,
  busy,
  onAct,
}: {
  tenants: TenantVolume[];
  busy: boolean;
  onAct?: OnAct;
}) {
  return (
    <Table label="Tenants" busy={busy} className="table-fixed">
      <TableHead>
        <tr>
          <Th>Tenant</Th>
          <Th className="hidden w-28 sm:table-cell">Status</Th>
          <Th className={cn(figure, "w-28")}>Live tokens</Th>
          <Th className={figure} title="Calls of the last 24 hours">
            Accepted
          </Th>
          <Th className={figure} title="Calls of the last 24 hours">
            Refused
          </Th>
          <Th className="hidden w-32 sm:table-cell">Last call</Th>
          {onAct && (
            <Th className="w-13 pl-0">
              <span className="sr-only">Actions</span>
            </Th>
          )}
        </tr>
      </TableHead>
      <TableBody>
        {tenants.map((tenant) => (
          <TenantRow key={tenant.id} tenant={tenant} onAct={onAct} />
        ))}
      </TableBody>
    </Table>
  );
}

function TenantRow({ tenant, onAct }: { tenant: TenantVolume; onAct?: OnAct }) {
  const { statusReason, accepted24, refused24 } = tenant;
  return (
    <TableRow>
      <Td as="th">
        <div className="grid min-w-0">
          <span className="flex min-w-0 flex-wrap items-center gap-x-2">
            <Link href={`/t/${tenant.id}`} className="min-w-0 rounded-xs">
              <LabelText className="font-medium hover:underline">{tenant.name}</LabelText>
            </Link>
            {tenant.isMaster && <Badge tone="outline">Master</Badge>}
          </span>
          {statusReason ? (
            <span className="truncate text-muted text-sm" title={visibleText(statusReason)}>
              “{visibleText(statusReason)}”
            </span>
          ) : (
            tenant.domain && <LabelText className="text-muted text-sm">{tenant.domain}</LabelText>
          )}
          <span className="flex flex-wrap items-center gap-x-2 pt-0.5 text-muted text-sm md:hidden">
            <span className="sm:hidden">
              <TenantStatus status={tenant.status} />
            </span>
            {accepted24 + refused24 === 0
              ? "No calls"
              : `${formatCount(accepted24)} accepted, ${formatCount(refused24)} refused`}
          </span>
        </div>
      </Td>
      <Td className="hidden sm:table-cell">
        <TenantStatus status={tenant.status} />
      </Td>
      <Td className={figure}>
        <Figure count={tenant.status === "deleted" ? null : tenant.liveTokens} />
      </Td>
      <Td className={figure}>
        <Figure count={accepted24} />
      </Td>
      <Td className={figure}>
        <Figure count={refused24} className="text-caution-ink" />
      </Td>
      <Td className="hidden sm:table-cell">
        {tenant.lastUsedAt ? (
          <Time at={tenant.lastUsedAt} alone className="text-muted" />
        ) : (
          <span className="text-faint">Never</span>
        )}
      </Td>
      {onAct && (
        <Td className="pl-0 text-right">
          <TenantActions tenant={tenant} onAct={onAct} />
        </Td>
      )}
    </TableRow>
  );
}

/** A count, set back where it is nought, so that a page of quiet Tenants reads quietly. */
function Figure({ count, className }: { count: number | null; className?: string }) {
  return (
    <span className={count ? className : "text-faint"}>
      {count === null ? "–" : formatCount(count)}
    </span>
  );
}

function TenantActions({ tenant, onAct }: { tenant: TenantVolume; onAct: OnAct }) {
  return (
    <Menu
      trigger={
        <IconButton label={`Actions for ${visibleText(tenant.name)}`} size="sm" tooltip={false}>
          <Ellipsis aria-hidden />
        </IconButton>
      }
    >
      <MenuItem asChild>
        <Link href={`/t/${tenant.id}`}>
          <ExternalLink aria-hidden />
          Open
        </Link>
      </MenuItem>
      <MenuItem icon={<Copy aria-hidden />} onSelect={() => void copyText("EntityId", tenant.id)}>
        Copy EntityId
      </MenuItem>
      {!tenant.isMaster && tenant.status !== "deleted" && (
        <>
          {tenant.status === "suspended" ? (
            <MenuItem icon={<Play aria-hidden />} onSelect={() => onAct("activate", tenant)}>
              Reactivate
            </MenuItem>
          ) : (
            <MenuItem icon={<Ban aria-hidden />} onSelect={() => onAct("suspend", tenant)}>
              Suspend
            </MenuItem>
          )}
          <MenuSeparator />
          <MenuItem danger icon={<Trash2 aria-hidden />} onSelect={() => onAct("delete", tenant)}>
            Delete
          </MenuItem>
        </>
      )}
    </Menu>
  );
}
