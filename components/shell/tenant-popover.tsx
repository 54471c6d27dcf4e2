"use client";
import { Popover } from "radix-ui";
import { type ReactNode, useState } from "react";
import type { MyTenant } from "@/lib/browser/tenants";
import { TenantList } from "./tenant-list";

/** The list of Tenants under its trigger; begins open. */
export default function TenantPopover({
  trigger,
  ...list
}: {
  trigger: ReactNode;
  currentId: string;
  tenants: MyTenant[];
  staff: boolean;
}) {
  const [open, setOpen] = useState(true);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>{trigger}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={4}
          collisionPadding={8}
          aria-label="Switch Tenant"
          className="z-50 w-72 animate-appear overflow-hidden rounded-md bg-raised shadow-overlay outline-none"
        >
          <TenantList {...list} onChosen={() => setOpen(false)} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
