"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { FailureNotice } from "@/components/tokens/failure";
import { Button } from "@/components/ui/button";
import { Card, KeyValues } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input, Textarea } from "@/components/ui/input";
import { LabelText } from "@/components/ui/label-text";
import { toast } from "@/components/ui/toast";
import { PortalError } from "@/lib/browser/http";
import { labelProblem } from "@/lib/browser/label";
import { type Tenant, tenantQuery, updateTenant } from "@/lib/browser/settings";

/** Name, contact and description. */
export function DetailsForm({ tenant, canManage }: { tenant: Tenant; canManage: boolean }) {
  if (!canManage) {
    return (
      <Card title="Details">
        <KeyValues
          items={[
            { label: "Name", value: <LabelText wrap>{tenant.name}</LabelText> },
            { label: "Contact", value: <LabelText wrap>{tenant.email}</LabelText> },
            {
              label: "Description",
              value: tenant.description ? (
                <LabelText wrap className="whitespace-pre-line">
                  {tenant.description}
                </LabelText>
              ) : (
                <span className="text-faint">None</span>
              ),
            },
          ]}
        />
      </Card>
    );
  }
  return <Editable tenant={tenant} />;
}

function Editable({ tenant }: { tenant: Tenant }) {
  const [name, setName] = useState(tenant.name);
  const [email, setEmail] = useState(tenant.email);
  const [description, setDescription] = useState(tenant.description ?? "");
  const [tried, setTried] = useState(false);
  const client = useQueryClient();
  const router = useRouter();
  const save = useMutation({
    mutationFn: () =>
      updateTenant(tenant.id, {
        name: name.trim(),
        email: email.trim(),
        description: description.trim() === "" ? null : description,
      }),
    onSuccess: (changed) => {
      client.setQueryData(tenantQuery(tenant.id).queryKey, changed);
      toast.success("Details saved");
      // The navigation shows the name too.
      router.refresh();
    },
  });
  const issue = (path: string) =>
    save.error instanceof PortalError ? save.error.issueOf(path) : undefined;
  const problems = {
    name: labelProblem(name)?.replace("label", "name"),
    email: /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email.trim()) ? undefined : "Give an e-mail address.",
  };
  const changed =
    name.trim() !== tenant.name ||
    email.trim() !== tenant.email ||
    description !== (tenant.description ?? "");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!save.isPending && !problems.name && !problems.email) save.mutate();
  };
  const unnamed = save.error && !issue("name") && !issue("email") && !issue("description");
  return (
    <Card title="Details">
      <form onSubmit={submit} noValidate className="grid gap-4">
        <Field label="Name" error={tried ? (problems.name ?? issue("name")) : undefined}>
          {(control) => (
            <Input
              {...control}
              value={name}
              autoComplete="off"
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <Field
          label="Contact"
          hint="Where an operator reaches who runs this Tenant."
          error={tried ? (problems.email ?? issue("email")) : undefined}
        >
          {(control) => (
            <Input
              {...control}
              type="email"
              autoComplete="off"
              maxLength={254}
              value={email}
              onChange={(event) => setEmail(event.target.value)}
            />
          )}
        </Field>
        <Field label="Description" optional error={issue("description")}>
          {(control) => (
            <Textarea
              {...control}
              maxLength={2000}
              value={description}
              onChange={(event) => setDescription(event.target.value)}
            />
          )}
        </Field>
        {unnamed && <FailureNotice error={save.error} />}
        <div>
          <Button type="submit" variant="primary" pending={save.isPending} disabled={!changed}>
            Save details
          </Button>
        </div>
      </form>
    </Card>
  );
}
