import { resolve } from "./fields";
import type { OperationObject, Schema } from "./openapi-types";

type Schemas = Record<string, Schema>;

/** The command that makes this call; what the reader must fill in stands in braces. */
export function curlOf(
  server: string,
  method: string,
  path: string,
  operation: OperationObject,
  schemas: Schemas,
): string {
  const parts = [`curl ${method === "get" ? "" : `-X ${method.toUpperCase()} `}'${server}${path}'`];
  const [shown] = operation.security ?? [];
  if (shown && "client" in shown) parts.push("-u '{ClientId}:{ClientSecret}'");
  else if (shown) parts.push("-H 'Authorization: Bearer {token}'");
  const [type, content] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
  if (type && content) {
    const body = bodyOf(content.schema, schemas);
    if (type.includes("json")) {
      parts.push(`-H 'Content-Type: ${type}'`, `-d '${JSON.stringify(body)}'`);
    } else {
      parts.push(...Object.entries(body).map(([name, value]) => `-d '${name}=${value}'`));
    }
  }
  return parts.join(" \\\n  ");
}

/** The required fields; where none is, the first that is not an id. */
function bodyOf(schema: Schema, schemas: Schemas): Record<string, unknown> {
  const { properties = {}, required = [] } = resolve(schema, schemas);
  const fields = Object.entries(properties);
  const needed = fields.filter(([name]) => required.includes(name));
  const shown =
    needed.length > 0 ? needed : fields.filter(([, field]) => !field.pattern).slice(0, 1);
  return Object.fromEntries(shown.map(([name, field]) => [name, exampleOf(name, field)]));
}

function exampleOf(name: string, { const: only, enum: choices, type, minimum }: Schema): unknown {
  if (only !== undefined) return only;
  if (choices) return choices[0];
  if (type === "integer" || type === "number") return minimum ?? 0;
  if (type === "boolean") return true;
  return type === "array" ? [] : `{${name}}`;
}
