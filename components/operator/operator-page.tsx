"use client";
import { Plus } from "lucide-react";
import dynamic from "next/dynamic";
import { useCallback, useState } from "react";
import { useAct } from "@/components/shell/use-act";
import type { TenantAct } from "@/components/support/tenant-table";
import { TenantsPage } from "@/components/support/tenants-page";
import { Button } from "@/components/ui/button";
import type { TenantVolume } from "@/lib/browser/support";

const ProvisionDialog = dynamic(() => import("./provision-dialog"));
const SuspendDialog = dynamic(() => import("./suspend-dialog"));
const ActivateDialog = dynamic(() => import("./activate-dialog"));
const DeleteDialog = dynamic(() => import("./delete-dialog"));

type Open = { act: "provision" } | { act: TenantAct; tenant: TenantVolume } | null;

/** All Tenants, and what an operator does to them. */
export function OperatorPage({ verifyUrl }: { verifyUrl: string }) {
  const [open, setOpen] = useState<Open>(null);
  const close = useCallback(() => setOpen(null), []);
  useAct("provision", () => setOpen({ act: "provision" }));
  return (
    <>
      <TenantsPage
        description="Every Tenant, with its calls in the last 24 hours."
        action={
          <Button
            variant="primary"
            icon={<Plus aria-hidden />}
            onClick={() => setOpen({ act: "provision" })}
          >
            Provision Tenant
          </Button>
        }
        onAct={(act, tenant) => setOpen({ act, tenant })}
      />
      {open?.act === "provision" && <ProvisionDialog verifyUrl={verifyUrl} onClose={close} />}
      {open?.act === "suspend" && <SuspendDialog tenant={open.tenant} onClose={close} />}
      {open?.act === "activate" && <ActivateDialog tenant={open.tenant} onClose={close} />}
      {open?.act === "delete" && <DeleteDialog tenant={open.tenant} onClose={close} />}
    </>
  );
}
