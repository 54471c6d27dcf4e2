"use client";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { RadioGroup } from "@/components/ui/choice";
import { type AuthType, authTypeMeaning, authTypeQuery, type Tenant } from "@/lib/browser/settings";
import { AuthTypeDialog } from "./auth-type-dialog";
import { ImpactNotice } from "./impact-notice";

const choices: AuthType[] = ["Any", "SystemAccessToken", "JWT"];

/** How systems may call: what a change would stop is said before it is made. */
export function AuthTypeForm({ tenant, canManage }: { tenant: Tenant; canManage: boolean }) {
  const [chosen, setChosen] = useState<AuthType>(tenant.authType);
  const [asking, setAsking] = useState(false);
  const impact = useQuery({ ...authTypeQuery(tenant.id), enabled: canManage });
  const differs = chosen !== tenant.authType;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (differs) setAsking(true);
  };
  return (
    <Card title="AuthType" description="Which credentials this Tenant's systems may call with.">
      <form onSubmit={submit} className="grid gap-4 pt-1">
        <RadioGroup
          aria-label="AuthType"
          disabled={!canManage}
          value={chosen}
          onValueChange={(value) => setChosen(value as AuthType)}
          options={choices.map((value) => ({
            value,
            label: authTypeMeaning[value].name,
            hint: authTypeMeaning[value].meaning,
            disabled: !canManage,
          }))}
        />
        {differs && <ImpactNotice from={tenant.authType} to={chosen} impact={impact} />}
        {canManage && (
          <div className="flex gap-2">
            <Button type="submit" variant="primary" disabled={!differs}>
              Change AuthType…
            </Button>
            {differs && <Button onClick={() => setChosen(tenant.authType)}>Keep as it is</Button>}
          </div>
        )}
      </form>
      {asking && (
        <AuthTypeDialog
          tenant={tenant}
          to={chosen}
          impact={impact}
          onClose={() => setAsking(false)}
        />
      )}
    </Card>
  );
}
