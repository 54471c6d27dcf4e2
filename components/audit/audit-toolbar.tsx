"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { PeriodFilter } from "@/components/shell/period-filter";
import { Button } from "@/components/ui/button";
import { Picker } from "@/components/ui/picker";
import { type AuditEvent, type AuditLook, auditActorsQuery } from "@/lib/browser/audit";
import { actionName, actions } from "@/lib/browser/events";
import { tokenPageQuery } from "@/lib/browser/tokens";
import { actorTypeName } from "./event-sentence";

const actionOptions = actions.map((value) => ({ value, label: actionName(value), hint: value }));
const width = "w-full sm:w-44";

/** The filters of the log; all of them live in the URL. */
export function AuditToolbar({
  tenantId,
  look,
  filtered,
  events,
  onChange,
  onClear,
}: {
  tenantId: string;
  look: AuditLook;
  filtered: boolean;
  events: AuditEvent[] | undefined;
  onChange: (change: Partial<AuditLook>) => void;
  onClear: () => void;
}) {
  const target = events?.find((event) => event.target.id === look.target)?.target;
  return (
    <div className="grid grid-cols-2 items-center gap-2 pb-3 sm:flex sm:flex-wrap">
      <ActorPicker
        tenantId={tenantId}
        value={look.actor}
        onChange={(actor) => onChange({ actor })}
      />
      <Picker
        label="Action"
        any="Any action"
        value={look.action}
        options={actionOptions}
        onChange={(action) => onChange({ action })}
        className={width}
      />
      <TargetPicker
        tenantId={tenantId}
        value={look.target}
        name={target?.name ?? undefined}
        onChange={(chosen) => onChange({ target: chosen })}
      />
      <PeriodFilter period={look} onChange={onChange} />
      {filtered && (
        <Button variant="ghost" onClick={onClear}>
          Clear
        </Button>
      )}
    </div>
  );
}

function ActorPicker({
  tenantId,
  value,
  onChange,
}: {
  tenantId: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}) {
  const actors = useQuery(auditActorsQuery(tenantId));
  return (
    <Picker
      label="Actor"
      any="Anyone"
      value={value}
      options={(actors.data ?? []).map(({ id, type, name }) => ({
        value: id,
        label: id === type ? actorTypeName(type) : name,
        hint: actorTypeName(type),
      }))}
      loading={actors.isPending}
      onChange={onChange}
      className={width}
    />
  );
}

/** The tokens of the Tenant, searched for by the server: there may be a thousand. */
function TargetPicker({
  tenantId,
  value,
  name,
  onChange,
}: {
  tenantId: string;
  value: string | undefined;
  name: string | undefined;
  onChange: (value: string | undefined) => void;
}) {
  const [open, setOpen] = useState(false);
  const [search, setSearch] = useState("");
  const view = { sort: "name", direction: "asc", ...(search ? { search } : {}) } as const;
  const tokens = useQuery({ ...tokenPageQuery(tenantId, view), enabled: open });
  return (
    <Picker
      label="Token"
      any="Any token"
      value={value}
      valueName={name}
      options={(tokens.data?.tokens ?? []).map(({ id, name: label, hint }) => ({
        value: id,
        label,
        hint,
      }))}
      loading={tokens.isPending}
      onSearch={setSearch}
      onOpen={() => setOpen(true)}
      onChange={onChange}
      className={width}
    />
  );
}
