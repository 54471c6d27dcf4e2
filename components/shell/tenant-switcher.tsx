"use client";
import { ChevronsUpDown } from "lucide-react";
import dynamic from "next/dynamic";
import { Popover } from "radix-ui";
import { useState } from "react";
import { Avatar } from "@/components/ui/avatar";
import { LabelText } from "@/components/ui/label-text";
import { Spinner } from "@/components/ui/spinner";
import type { MyTenant, Standing } from "@/lib/browser/tenants";

const TenantList = dynamic(() => import("./tenant-list"), {
  loading: () => (
    <div role="status" className="grid h-24 place-items-center">
      <Spinner />
      <span className="sr-only">Loading</span>
    </div>
  ),
});

export const standingName: Record<Standing, string> = {
  admin: "Admin",
  viewer: "Viewer",
  support: "Support, read-only",
  operator: "Operator, read-only",
};

/** Which Tenant is being looked at, and a list of the others, grouped by Domain. */
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
  const [open, setOpen] = useState(false);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>
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
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={4}
          collisionPadding={8}
          aria-label="Switch Tenant"
          className="z-50 w-72 animate-appear overflow-hidden rounded-md bg-raised shadow-overlay outline-none"
        >
          <TenantList
            currentId={current.id}
            tenants={tenants}
            staff={staff}
            onChosen={() => setOpen(false)}
          />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
