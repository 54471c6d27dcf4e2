import { Code } from "@/components/ui/code";
import type { Schema } from "./openapi-types";
import { Prose } from "./prose";

export type Field = { name: string; required: boolean; schema: Schema };

/** Names, types and rules of a body's fields or a call's parameters. */
export function Fields({ title, fields }: { title: string; fields: Field[] }) {
  return (
    <section className="grid gap-1.5">
      <h4 className="text-muted text-sm">{title}</h4>
      <dl className="divide-y divide-line rounded-md border border-line">
        {fields.map(({ name, required, schema }) => (
          <div key={name} className="grid gap-x-4 px-3 py-1.5 sm:grid-cols-[13rem_1fr]">
            <dt className="flex items-baseline gap-2">
              <code className="wrap-anywhere text-sm">{name}</code>
              {required && <span className="text-faint text-xs">required</span>}
            </dt>
            <dd className="min-w-0 text-muted text-sm">
              {typeOf(schema)}
              {schema.description && (
                <span className="text-ink">
                  . <Prose>{schema.description}</Prose>
                </span>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** The fields of a body, or of the things in a list. */
export function fieldsOf(schema: Schema, schemas: Record<string, Schema>): Field[] {
  const whole = resolve(schema, schemas);
  const object = whole.type === "array" && whole.items ? resolve(whole.items, schemas) : whole;
  return Object.entries(object.properties ?? {}).map(([name, property]) => ({
    name,
    required: object.required?.includes(name) ?? false,
    schema: property,
  }));
}

/** What a reference points to; anything else is itself. */
export function resolve(schema: Schema, schemas: Record<string, Schema>): Schema {
  const name = schema.$ref?.split("/").at(-1);
  return name ? (schemas[name] ?? {}) : schema;
}

function typeOf(schema: Schema) {
  if (schema.enum) {
    return schema.enum.map((value, index) => (
      <span key={String(value)}>
        {index > 0 && " or "}
        <Code>{String(value)}</Code>
      </span>
    ));
  }
  return words(schema);
}

function words(schema: Schema): string {
  if (schema.$ref) return schema.$ref.split("/").at(-1) ?? "object";
  if (schema.anyOf) return schema.anyOf.map(words).join(" or ");
  if (schema.const !== undefined) return String(schema.const);
  const type = Array.isArray(schema.type) ? schema.type.join(" or ") : (schema.type ?? "any");
  if (type === "array") return `list of ${schema.items ? words(schema.items) : "any"}`;
  const kind = schema.format ? `${schema.format} ${type}` : type;
  return kind + limits(schema);
}

function limits({ minLength, maxLength, minimum, maximum }: Schema): string {
  if (maxLength !== undefined) return `, ${minLength ?? 0} to ${maxLength} characters`;
  const least = isReal(minimum) ? minimum : undefined;
  if (isReal(maximum)) return `, ${least ?? 0} to ${maximum}`;
  return least === undefined ? "" : `, at least ${least}`;
}

/** Zod bounds every integer by what a double holds exactly; that limits nobody. */
function isReal(bound: number | undefined): bound is number {
  return bound !== undefined && Math.abs(bound) < Number.MAX_SAFE_INTEGER;
}
