import { z } from "zod";
import { oauthErrorSchema } from "@/lib/oauth/wire";
import { auditOperations } from "@/lib/openapi/audit";
import { clientOperations } from "@/lib/openapi/clients";
import { responseObjectSchema } from "@/lib/openapi/error-schema";
import { oauthOperations } from "@/lib/openapi/oauth";
import type { Operation } from "@/lib/openapi/operation";
import { tenantOperations } from "@/lib/openapi/tenants";
import { tokenOperations, verifyOperations } from "@/lib/openapi/tokens";

type Json = Record<string, unknown>;

const reasons: Record<number, string> = {
  400: "Malformed, unknown or wrong; each field is named.",
  401: "No credential, or one that is not good.",
  403: "A good credential without the scope or the right.",
  404: "No such thing in this Tenant.",
  405: "Not a method of this path.",
  409: "A conflict with what is.",
  413: "The body is larger than 64 KiB.",
  415: "The body is not of the media type.",
  429: "Too many; see Retry-After.",
  500: "Our fault.",
  503: "The database can't be reached; see Retry-After.",
};

const idempotencyKey: Json = {
  name: "Idempotency-Key",
  in: "header",
  required: false,
  description:
    "Within 24 hours the same key from the same caller gets the first answer again, secret included; with another body it is a 409.",
  schema: { type: "string", minLength: 1, maxLength: 255, pattern: "^[!-~]+$" },
};

const security: Record<Operation["security"], Json> = {
  none: {},
  bearer: { security: [{ bearer: [] }] },
  client: { security: [{ client: [] }] },
  caller: { security: [{ client: [] }, { bearer: [] }] },
};

/** Every call of the API, in the order of the document. */
export const operations: Operation[] = [
  ...verifyOperations,
  ...tokenOperations,
  ...clientOperations,
  ...oauthOperations,
  ...tenantOperations,
  ...auditOperations,
];

/** The OpenAPI 3.1 document, from the schemas that validate. `publicUrl` has no trailing slash. */
export function openApiDocument(publicUrl: string, version: string): Json {
  const schemas: Json = {};
  const refer = (schema: z.ZodType, io: "input" | "output") => {
    const { $schema, $defs, ...body } = z.toJSONSchema(schema, {
      io,
      unrepresentable: "any",
    }) as Json;
    Object.assign(schemas, $defs as Json | undefined);
    const id = schema.meta()?.id;
    if (!id) return relocate(body);
    schemas[id] ??= body;
    return { $ref: `#/components/schemas/${id}` };
  };
  const paths: Record<string, Json> = {};
  for (const operation of operations) {
    paths[operation.path] ??= {};
    (paths[operation.path] as Json)[operation.method] = describeOperation(operation, refer);
  }
  refer(responseObjectSchema, "output");
  refer(oauthErrorSchema, "output");
  return {
    openapi: "3.1.0",
    info: {
      title: "ServiceBroker Access",
      version,
      description: "System Access Tokens for a multi-tenant API: issue, replace, revoke, verify.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: publicUrl }],
    paths,
    components: {
      schemas: relocate(schemas),
      securitySchemes: {
        bearer: { type: "http", scheme: "bearer", description: "A System Access Token or a JWT." },
        client: { type: "http", scheme: "basic", description: "A ClientId and its secret." },
      },
    },
  };
}

function describeOperation(
  operation: Operation,
  refer: (schema: z.ZodType, io: "input" | "output") => unknown,
): Json {
  const { scope, response } = operation;
  const parameters = [
    ...(operation.path.match(/\{(\w+)\}/g) ?? []).map((part) => ({
      name: part.slice(1, -1),
      in: "path",
      required: true,
      schema: { type: "string", format: "uuid" },
      ...operation.parameters?.[part.slice(1, -1)],
    })),
    ...queryParameters(operation.query),
    ...(operation.repeatable ? [idempotencyKey] : []),
  ];
  const success: Json = { description: "Done." };
  if (response) {
    success.content = {
      [response.type ?? "application/json"]: { schema: refer(response.schema, "output") },
    };
  }
  if (operation.responseHeaders) {
    success.headers = Object.fromEntries(
      Object.entries(operation.responseHeaders).map(([name, description]) => [
        name,
        { description, schema: { type: "string" } },
      ]),
    );
  }
  // 400 everywhere: a repeated header or a path that isn't one is refused before any route.
  const statuses = [...new Set([400, ...operation.errors, 500, 503])];
  const failures = statuses.map((status) => [
    status,
    {
      description: reasons[status],
      content: {
        "application/json": {
          schema: {
            $ref: `#/components/schemas/${operation.oauth ? "OAuthError" : "ResponseObject"}`,
          },
        },
      },
    },
  ]);
  return {
    operationId: operation.id,
    tags: [operation.tag],
    summary: operation.summary,
    ...(operation.description || scope
      ? {
          description: [operation.description, scope && `Scope: \`${scope}\`.`]
            .filter(Boolean)
            .join(" "),
        }
      : {}),
    ...security[operation.security],
    ...(scope ? { "x-scope": scope } : {}),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(operation.body
      ? {
          requestBody: {
            required: true,
            content: {
              [operation.body.type ?? "application/json"]: {
                schema: refer(operation.body.schema, "input"),
              },
            },
          },
        }
      : {}),
    responses: { 200: success, ...Object.fromEntries(failures) },
  };
}

function queryParameters(query: z.ZodObject | undefined): Json[] {
  if (!query) return [];
  return Object.entries(query.shape).map(([name, field]) => {
    const { $schema, ...schema } = z.toJSONSchema(field as z.ZodType, { io: "output" }) as Json;
    return { name, in: "query", required: false, schema };
  });
}

/** References of JSON Schema's own `$defs` point into the components instead. */
function relocate<T>(value: T): T {
  return JSON.parse(JSON.stringify(value).replaceAll('"#/$defs/', '"#/components/schemas/'));
}
