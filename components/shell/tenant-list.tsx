"use client";
import { Command } from "cmdk";
import { Check } from "lucide-react";
import { useRouter } from "next/navigation";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/components/ui/cn";
import { LabelText } from "@/components/ui/label-text";
import { groupByDomain } from "@/lib/browser/domains";
import type { MyTenant } from "@/lib/browser/tenants";

const itemStyle =
  "flex min-h-9 cursor-default select-none items-center gap-2.5 rounded-sm px-2 py-1 data-[selected=true]:bg-pressed pointer-coarse:min-h-11";

/** Tenants to switch to: typed into, walked with the arrows, chosen with Enter. */
export function TenantList({
  currentId,
  tenants,
  staff,
  onChosen,
}: {
  currentId: string;
  tenants: MyTenant[];
  staff: boolean;
  onChosen: () => void;
}) {
  const router = useRouter();
  const go = (path: string) => {
    onChosen();
    router.push(path);
  };
  return (
    <Command label="Switch Tenant" loop>
      <Command.Input
        autoFocus
        placeholder="Find a Tenant"
        className="h-10 w-full border-line border-b bg-transparent px-3 outline-none placeholder:text-faint pointer-coarse:text-md"
      />
      <Command.List className="max-h-80 overflow-y-auto p-1">
        <Command.Empty className="px-2 py-3 text-muted">No Tenant matches.</Command.Empty>
        {groupByDomain(tenants).map(({ domain, tenants: members }) => (
          <Command.Group
            key={domain ?? ""}
            heading={domain ?? "No Domain"}
            className="**:[[cmdk-group-heading]]:truncate **:[[cmdk-group-heading]]:px-2 **:[[cmdk-group-heading]]:pt-1.5 **:[[cmdk-group-heading]]:pb-1 **:[[cmdk-group-heading]]:text-faint **:[[cmdk-group-heading]]:text-xs"
          >
            {members.map((tenant) => (
              <Command.Item
                key={tenant.id}
                value={tenant.id}
                keywords={[tenant.name, tenant.domain ?? ""]}
                onSelect={() => go(`/t/${tenant.id}`)}
                className={itemStyle}
              >
                <Avatar name={tenant.name} shape="square" />
                <LabelText className="min-w-0 flex-1">{tenant.name}</LabelText>
                {tenant.status === "suspended" && <Badge tone="caution">Suspended</Badge>}
                <Check
                  aria-hidden
                  className={cn("size-4 text-accent-ink", tenant.id !== currentId && "invisible")}
                />
              </Command.Item>
            ))}
          </Command.Group>
        ))}
        {staff && (
          <Command.Item value="all" onSelect={() => go("/")} className={itemStyle}>
            All Tenants
          </Command.Item>
        )}
      </Command.List>
    </Command>
  );
}
