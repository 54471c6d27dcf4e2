"use client";
import { type FormEvent, useState } from "react";
import { FailureNotice } from "@/components/tokens/failure";
import { Button } from "@/components/ui/button";
import { DialogBody, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { PortalError } from "@/lib/browser/http";
import { labelProblem } from "@/lib/browser/label";
import type { ProvisionTenantInput } from "@/lib/browser/operator";

const authTypes = [
  { value: "Any", label: "System Access Tokens and JWTs" },
  { value: "SystemAccessToken", label: "System Access Tokens only" },
  { value: "JWT", label: "JWTs only" },
] as const;

const fields = [
  { name: "name", label: "Name", hint: undefined, optional: false },
  {
    name: "email",
    label: "Contact",
    hint: "E-mail of who answers for this Tenant.",
    optional: false,
  },
  { name: "domain", label: "Domain", hint: "Tenants of one Domain are grouped.", optional: true },
  {
    name: "id",
    label: "EntityId",
    hint: "The id of its ServiceMobility entity, where there is one. Else one is made.",
    optional: true,
  },
  { name: "externalSystemId", label: "External id", hint: undefined, optional: true },
] as const;
type Name = (typeof fields)[number]["name"];
type Values = Record<Name, string>;
type AuthType = (typeof authTypes)[number]["value"];

const empty: Values = { name: "", email: "", domain: "", id: "", externalSystemId: "" };

/** What is wrong with a field, in words; undefined where nothing is. The server decides. */
function problemOf(name: Name, value: string): string | undefined {
  if (name === "name" && value.trim() === "") return "Give it a name.";
  if (name === "name") return labelProblem(value)?.replace("A label", "A name");
  if (name === "email" && !/^\S+@\S+$/.test(value.trim())) return "Give an e-mail address.";
  if (
    name === "id" &&
    value.trim() &&
    !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value.trim())
  ) {
    return "An EntityId is a UUID.";
  }
}

/** The details of a Tenant to be. */
export function ProvisionForm({
  pending,
  error,
  onCancel,
  onSubmit,
}: {
  pending: boolean;
  error: Error | null;
  onCancel: () => void;
  onSubmit: (input: ProvisionTenantInput) => void;
}) {
  const [values, setValues] = useState(empty);
  const [authType, setAuthType] = useState<AuthType>("Any");
  const [tried, setTried] = useState(false);
  const refused = (name: Name) =>
    error instanceof PortalError ? error.issueOf(name.toLowerCase()) : undefined;
  const problems = fields.map(({ name }) => problemOf(name, values[name]));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (pending || problems.some(Boolean)) return;
    const text = (name: Name) => values[name].trim() || undefined;
    onSubmit({
      name: values.name.trim(),
      email: values.email.trim(),
      domain: text("domain"),
      id: text("id"),
      externalSystemId: text("externalSystemId"),
      authType,
    });
  };
  return (
    <form onSubmit={submit} noValidate className="flex min-h-0 flex-col">
      <DialogBody>
        {fields.map(({ name, label, hint, optional }, index) => (
          <Field
            key={name}
            label={label}
            hint={hint}
            optional={optional}
            error={tried ? (problems[index] ?? refused(name)) : undefined}
          >
            {(control) => (
              <Input
                {...control}
                type={name === "email" ? "email" : "text"}
                value={values[name]}
                onChange={(event) => setValues({ ...values, [name]: event.target.value })}
                autoComplete="off"
                spellCheck={false}
              />
            )}
          </Field>
        ))}
        <Field label="Accepts" hint="What its systems may call with.">
          {(control) => (
            <Select
              {...control}
              options={authTypes}
              value={authType}
              onValueChange={(value) => setAuthType(value as AuthType)}
            />
          )}
        </Field>
        <FailureNotice error={error} />
      </DialogBody>
      <DialogFooter>
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" variant="primary" pending={pending}>
          Provision Tenant
        </Button>
      </DialogFooter>
    </form>
  );
}
