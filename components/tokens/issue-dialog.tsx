"use client";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/choice";
import { Dialog, DialogBody, DialogFooter } from "@/components/ui/dialog";
import { Field, Fieldset } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { LabelText } from "@/components/ui/label-text";
import { PortalError } from "@/lib/browser/http";
import { labelProblem } from "@/lib/browser/label";
import { type Scope, scopeMeaning, scopesOfTenant } from "@/lib/browser/scopes";
import { issueToken } from "@/lib/browser/tokens";
import { FailureNotice } from "./failure";
import { TokenReveal } from "./token-reveal";
import { useRefreshTenant } from "./use-token-mutations";

/** Issues a token: label and scopes first, then the token, once. */
export default function IssueDialog({
  tenant,
  verifyUrl,
  onClose,
}: {
  tenant: { id: string; isMaster: boolean };
  verifyUrl: string;
  onClose: () => void;
}) {
  const refresh = useRefreshTenant(tenant.id);
  const issue = useMutation({
    mutationFn: (input: { name: string; scopes: Scope[] }) => issueToken(tenant.id, input),
    onSettled: refresh,
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && !issue.isPending && onClose()}
      locked={issue.isSuccess}
      title={issue.isSuccess ? "Token issued" : "Issue a token"}
      description={
        issue.isSuccess ? (
          <>
            The token of <LabelText wrap>{issue.data.name}</LabelText>.
          </>
        ) : (
          "One for each system, so that each can be replaced by itself."
        )
      }
    >
      {issue.isSuccess ? (
        <TokenReveal secret={issue.data.secret} verifyUrl={verifyUrl} onDone={onClose} />
      ) : (
        <IssueForm
          scopes={scopesOfTenant(tenant.isMaster)}
          pending={issue.isPending}
          error={issue.error}
          onCancel={onClose}
          onSubmit={issue.mutate}
        />
      )}
    </Dialog>
  );
}

/** Label and scopes of a new credential. */
export function IssueForm({
  noun = "token",
  action = "Issue token",
  scopes,
  pending,
  error,
  onCancel,
  onSubmit,
}: {
  noun?: string;
  action?: string;
  scopes: Scope[];
  pending: boolean;
  error: Error | null;
  onCancel: () => void;
  onSubmit: (input: { name: string; scopes: Scope[] }) => void;
}) {
  const [name, setName] = useState("");
  const [chosen, setChosen] = useState<Scope[]>(["broker"]);
  const [tried, setTried] = useState(false);
  const refused = error instanceof PortalError ? error.issueOf("name") : undefined;
  const problems = {
    name: tried ? (labelProblem(name) ?? refused) : undefined,
    scopes: tried && chosen.length === 0 ? "Choose at least one scope." : undefined,
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (pending || labelProblem(name) || chosen.length === 0) return;
    onSubmit({ name: name.trim(), scopes: chosen });
  };
  const toggle = (scope: Scope, on: boolean) =>
    setChosen((now) => (on ? [...now, scope] : now.filter((other) => other !== scope)));
  return (
    <form onSubmit={submit} noValidate className="flex min-h-0 flex-col">
      <DialogBody>
        <Field label="Label" hint="Name the system that will hold it." error={problems.name}>
          {(control) => (
            <Input
              {...control}
              value={name}
              onChange={(event) => setName(event.target.value)}
              placeholder="e.g. ServiceScheduling, production"
              autoComplete="off"
            />
          )}
        </Field>
        <Fieldset
          legend="Scopes"
          hint={`What the ${noun} may do. They can't be changed later.`}
          error={problems.scopes}
        >
          {scopes.map((scope) => (
            <Checkbox
              key={scope}
              label={<code className="text-sm">{scope}</code>}
              hint={scopeMeaning[scope]}
              checked={chosen.includes(scope)}
              onCheckedChange={(checked) => toggle(scope, checked === true)}
            />
          ))}
        </Fieldset>
        {!problems.name && <FailureNotice error={error} />}
      </DialogBody>
      <DialogFooter>
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" variant="primary" pending={pending}>
          {action}
        </Button>
      </DialogFooter>
    </form>
  );
}
