"use client";
import { Ban, Plus, RefreshCw, Trash2 } from "lucide-react";
import { useState } from "react";
import { Button, IconButton } from "@/components/ui/button";
import { Checkbox, RadioGroup, Switch } from "@/components/ui/choice";
import { CodeBlock, SecretField } from "@/components/ui/code";
import { CopyButton } from "@/components/ui/copy-button";
import { Field, Fieldset } from "@/components/ui/field";
import { Input, SearchInput, Textarea } from "@/components/ui/input";
import { Picker } from "@/components/ui/picker";
import { Segmented } from "@/components/ui/segmented";
import { Select } from "@/components/ui/select";
import { Row, Section } from "./section";

const variants = ["primary", "secondary", "ghost", "danger", "danger-quiet", "link"] as const;
/** As :focus-visible draws it, so that it can be seen at rest. */
const focused = "outline-2 outline-focus outline-offset-2";
const secret = "sbat_7Qm2xT9vKc4LrW8nZd1HsYb6PfUjEo3GtAi5RkNwVq0MzXy1a2B";
const statuses = [
  { value: "all", label: "All statuses" },
  { value: "active", label: "Active" },
  { value: "inactive", label: "Inactive" },
  { value: "revoked", label: "Revoked", hint: "For good" },
];

export function Controls() {
  return (
    <>
      <Section title="Buttons">
        <Row label="Default">
          {variants.map((variant) => (
            <Button key={variant} variant={variant}>
              {variant}
            </Button>
          ))}
        </Row>
        <Row label="Disabled">
          {variants.map((variant) => (
            <Button key={variant} variant={variant} disabled>
              {variant}
            </Button>
          ))}
        </Row>
        <Row label="Focused by the keyboard">
          {variants.map((variant) => (
            <Button key={variant} variant={variant} className={focused}>
              {variant}
            </Button>
          ))}
        </Row>
        <Row label="Under way">
          {variants.map((variant) => (
            <Button key={variant} variant={variant} pending>
              {variant}
            </Button>
          ))}
        </Row>
        <Row label="Sizes, with icons">
          <Button size="sm" icon={<RefreshCw aria-hidden />}>
            Small
          </Button>
          <Button icon={<Ban aria-hidden />}>Medium</Button>
          <Button size="lg" variant="primary" icon={<Plus aria-hidden />}>
            Large
          </Button>
          <IconButton label="Refresh" size="sm">
            <RefreshCw aria-hidden />
          </IconButton>
          <IconButton label="Delete" variant="danger-quiet">
            <Trash2 aria-hidden />
          </IconButton>
          <CopyButton value="abc" label="Copy the id" />
          <CopyButton value="abc" text="Copy" label="Copy" />
        </Row>
      </Section>
      <Fields />
      <Section title="Code and secrets">
        <SecretField label="Token" value={secret} />
        <CodeBlock label="Try it">{`curl -H "Authorization: Bearer ${secret}" \\\n  http://127.0.0.1:3000/up/v5/verify`}</CodeBlock>
      </Section>
    </>
  );
}

function Fields() {
  const [status, setStatus] = useState("all");
  const [range, setRange] = useState("7d");
  const [actor, setActor] = useState<string>();
  return (
    <Section title="Fields">
      <div className="grid max-w-170 gap-4 sm:grid-cols-2">
        <Field label="Label" hint="Name the system that will hold this token.">
          {(control) => <Input {...control} placeholder="e.g. Payroll export" />}
        </Field>
        <Field label="Label" error="A label has 1 to 100 characters.">
          {(control) => <Input {...control} defaultValue="" />}
        </Field>
        <Field label="Disabled">
          {(control) => <Input {...control} disabled defaultValue="Read only" />}
        </Field>
        <Field label="Status">
          {(control) => (
            <Select {...control} options={statuses} value={status} onValueChange={setStatus} />
          )}
        </Field>
        <Field label="Label, focused">
          {(control) => (
            <Input
              {...control}
              defaultValue="Payroll export"
              className="border-transparent outline-2 outline-focus -outline-offset-1"
            />
          )}
        </Field>
        <Field label="Status, disabled">
          {(control) => (
            <Select
              {...control}
              options={statuses}
              value="active"
              onValueChange={() => {}}
              disabled
            />
          )}
        </Field>
        <Field label="Status" error="Choose one.">
          {(control) => (
            <Select {...control} options={statuses} value={status} onValueChange={setStatus} />
          )}
        </Field>
        <div className="grid content-start gap-1.5">
          <p className="font-medium text-sm">One of many</p>
          <Picker
            label="Who"
            any="Anyone"
            value={actor}
            options={[
              { value: "ada", label: "ada@acme.example" },
              { value: "payroll", label: "Payroll export" },
            ]}
            onChange={setActor}
          />
        </div>
        <Field label="Reason" optional>
          {(control) => <Textarea {...control} placeholder="Shown in the audit log" />}
        </Field>
        <div className="grid content-start justify-items-start gap-4">
          <SearchInput label="Search tokens" placeholder="Search label, hint or id" />
          <Segmented
            label="Range"
            value={range}
            onValueChange={setRange}
            options={[
              { value: "24h", label: "24 h" },
              { value: "7d", label: "7 d" },
              { value: "30d", label: "30 d" },
            ]}
          />
        </div>
        <Fieldset legend="Scopes" hint="Least privilege: give only what the system needs.">
          <Checkbox label="broker" hint="Call the ServiceBroker APIs" defaultChecked />
          <Checkbox label="tokens:read" hint="List this Tenant's tokens" />
          <Checkbox label="tokens:manage" checked="indeterminate" />
          <Checkbox label="audit:read" disabled />
        </Fieldset>
        <Fieldset legend="Overlap" error="Choose how long both stay good.">
          <RadioGroup
            aria-label="Overlap"
            defaultValue="86400"
            options={[
              { value: "0", label: "None", hint: "The old token is refused at once" },
              { value: "86400", label: "24 hours", hint: "Both are good until tomorrow, 14:03" },
              { value: "604800", label: "7 days", disabled: true },
            ]}
          />
        </Fieldset>
        <Switch label="Active" hint="Refused while off; can be switched on again" defaultChecked />
        <Switch label="Off" />
        <Switch label="On, disabled" defaultChecked disabled />
        <Switch label="Off, disabled" disabled />
      </div>
    </Section>
  );
}
