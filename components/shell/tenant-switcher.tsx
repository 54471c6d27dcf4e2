"use client";
import { ChevronsUpDown } from "lucide-react";
import { Avatar } from "@/components/ui/avatar";
import { Deferred, lazyOverlay } from "@/components/ui/deferred";
import { LabelText } from "@/components/ui/label-text";
import type { MyTenant, Standing } from "@/lib/browser/tenants";

const overlay = lazyOverlay(() => import("./tenant-popover"));

const standingName: Record<Standing, string> = {
  admin: "Admin",
  viewer: "Viewer",
  support: "Support, read-only",
  operator: "Operator, read-only",
};

/** Which Tenant is being looked at; pressed, a list of the others, grouped by Domain. */
export function TenantSwitcher({
  current,
  standing,
  tenants,
  staff,
}: {
  current: { id: string; name: string };
  standing: Standing;
  tenants: MyTenant[];
  /** Staff see more Tenants than they belong to. */
  staff: boolean;
}) {
  const trigger = (
    <button
      type="button"
      aria-label={`Tenant: ${current.name}. Switch`}
      className="flex w-full min-w-0 items-center gap-2.5 rounded-md p-1.5 text-left hover:bg-hover data-[state=open]:bg-hover"
    >
      <Avatar name={current.name} shape="square" className="size-7" />
      <span className="grid min-w-0 flex-1 leading-4">
        <LabelText className="font-medium">{current.name}</LabelText>
        <span className="truncate text-faint text-xs">{standingName[standing]}</span>
      </span>
      <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-faint" />
    </button>
  );
  return (
    <Deferred overlay={overlay} popup="dialog" trigger={trigger}>
      <overlay.Component trigger={trigger} currentId={current.id} tenants={tenants} staff={staff} />
    </Deferred>
  );
}
