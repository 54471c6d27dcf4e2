"use client";
import { useQuery } from "@tanstack/react-query";
import { AppWindow, Plus } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useAct } from "@/components/shell/use-act";
import { failureText } from "@/components/tokens/failure";
import { Button } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { TableSkeleton } from "@/components/ui/skeleton";
import { EmptyState, ErrorState } from "@/components/ui/state";
import { toast } from "@/components/ui/toast";
import { type Client, clientsQuery, updateClient } from "@/lib/browser/clients";
import { AuthTypeCard } from "./auth-type-card";
import type { ClientAct } from "./client-actions";
import { ClientTable } from "./client-table";
import { useChange } from "./use-client-mutations";

const CreateDialog = dynamic(() => import("./create-dialog"));
const RenameDialog = dynamic(() => import("./rename-dialog"));
const SecretsDialog = dynamic(() => import("./secrets-dialog"));
const RevokeDialog = dynamic(() => import("./revoke-dialog"));

type Open = { act: "create" } | { act: Exclude<ClientAct, "switch">; clientId: string } | null;

/** A Tenant's OAuth clients, which kind of credential is let in, and all that can be done to them. */
export function ClientsPage({
  tenant,
  canManage,
  tokenUrl,
}: {
  tenant: { id: string; isMaster: boolean };
  canManage: boolean;
  tokenUrl: string;
}) {
  const clients = useQuery(clientsQuery(tenant.id));
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  useAct("create", () => setOpen({ act: "create" }), canManage);
  const turn = useSwitch(tenant.id);
  const act = (wanted: ClientAct, client: Client) =>
    wanted === "switch" ? turn(client) : setOpen({ act: wanted, clientId: client.clientId });
  const createButton = canManage && (
    <Button
      variant="primary"
      icon={<Plus aria-hidden />}
      onClick={() => setOpen({ act: "create" })}
    >
      Create client
    </Button>
  );
  const chosen =
    open && open.act !== "create"
      ? clients.data?.find(({ clientId }) => clientId === open.clientId)
      : undefined;
  return (
    <>
      <PageHeader
        title="Clients"
        description="Client credentials: each lets one system get JWTs, which are good for a limited time."
        actions={createButton}
      />
      <div className="grid gap-6">
        <Clients query={clients} onAct={canManage ? act : undefined} createButton={createButton} />
        <AuthTypeCard tenantId={tenant.id} canManage={canManage} />
      </div>
      {open?.act === "create" && (
        <CreateDialog tenant={tenant} tokenUrl={tokenUrl} onClose={close} />
      )}
      {open?.act === "rename" && chosen && <RenameDialog client={chosen} onClose={close} />}
      {open?.act === "secrets" && chosen && (
        <SecretsDialog client={chosen} tokenUrl={tokenUrl} onClose={close} />
      )}
      {open?.act === "revoke" && chosen && <RevokeDialog client={chosen} onClose={close} />}
    </>
  );
}

function Clients({
  query,
  onAct,
  createButton,
}: {
  query: ReturnType<typeof useQuery<Client[]>>;
  onAct?: (act: ClientAct, client: Client) => void;
  createButton: React.ReactNode;
}) {
  if (query.isPending) return <TableSkeleton label="Loading clients" />;
  if (query.isError) {
    return (
      <ErrorState
        title="The clients could not be loaded"
        action={<Button onClick={() => query.refetch()}>Try again</Button>}
      >
        {query.error.message}
      </ErrorState>
    );
  }
  if (query.data.length === 0) {
    return (
      <EmptyState icon={AppWindow} title="No clients yet" action={createButton}>
        A client exchanges its ClientId and secret for short-lived JWTs (OAuth 2.0 client
        credentials). For a system that can only send one fixed header, issue a System Access Token.
      </EmptyState>
    );
  }
  return <ClientTable clients={query.data} onAct={onAct} />;
}

/** Deactivates or activates a client at once. */
function useSwitch(tenantId: string): (client: Client) => void {
  const { mutate } = useChange(tenantId, ({ clientId, active }: Client) =>
    updateClient(tenantId, clientId, { active: !active }),
  );
  return (client) =>
    mutate(client, {
      onSuccess: ({ active }) =>
        toast.success(active ? "Client activated" : "Client deactivated", {
          description: active ? undefined : "Its JWTs are refused until it is activated.",
        }),
      onError: (error) =>
        toast.error("The client was not changed", { description: failureText(error) }),
    });
}
