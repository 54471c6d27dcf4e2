"use client";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { RadioGroup } from "@/components/ui/choice";
import { Skeleton } from "@/components/ui/skeleton";
import { ErrorState } from "@/components/ui/state";
import { type AuthType, authTypeQuery } from "@/lib/browser/clients";
import { AuthTypeDialog } from "./auth-type-dialog";

export const authTypes = [
  {
    value: "Any",
    label: "System Access Tokens and JWTs",
    hint: "A system may use a System Access Token or a JWT.",
  },
  {
    value: "SystemAccessToken",
    label: "System Access Tokens only",
    hint: "Clients get no JWT, and JWTs are refused.",
  },
  {
    value: "JWT",
    label: "JWTs only",
    hint: "System Access Tokens are refused.",
  },
] as const;

/** Which kind of credential is accepted. Says what stops working before it changes. */
export function AuthTypeCard({ tenantId, canManage }: { tenantId: string; canManage: boolean }) {
  const setting = useQuery(authTypeQuery(tenantId));
  const [wanted, setWanted] = useState<AuthType | null>(null);
  const [asking, setAsking] = useState(false);
  if (setting.isPending) return <Skeleton className="h-40" />;
  if (setting.isError) {
    return (
      <ErrorState
        title="The setting could not be loaded"
        action={<Button onClick={() => setting.refetch()}>Try again</Button>}
      >
        {setting.error.message}
      </ErrorState>
    );
  }
  const { authType } = setting.data;
  const chosen = wanted ?? authType;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (chosen !== authType) setAsking(true);
  };
  return (
    <Card title="Accepted credentials" description="The AuthType of this Tenant.">
      <form onSubmit={submit} className="grid justify-items-start gap-4">
        <RadioGroup
          aria-label="AuthType"
          value={chosen}
          onValueChange={(value) => setWanted(value as AuthType)}
          disabled={!canManage}
          options={authTypes}
        />
        {canManage && (
          <Button type="submit" disabled={chosen === authType}>
            Change
          </Button>
        )}
      </form>
      {asking && (
        <AuthTypeDialog
          tenantId={tenantId}
          setting={setting.data}
          wanted={chosen}
          onClose={(changed) => {
            setAsking(false);
            if (changed) setWanted(null);
          }}
        />
      )}
    </Card>
  );
}
