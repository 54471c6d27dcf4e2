import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import fc from "fast-check";

type Json = Record<string, unknown>;
export type Content = { content?: Record<string, { schema: Json }> };
export type DocumentedOperation = {
  operationId: string;
  parameters?: { name: string; in: string; schema: Json }[];
  requestBody?: Content;
  responses: Record<string, Content>;
};
export type OpenApi = {
  paths: Record<string, Record<string, DocumentedOperation>>;
  components: { schemas: Record<string, Json> };
};

/** Compiles what each operation may answer: a check by operation, status and media type. */
export function answerChecks(document: OpenApi) {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: true });
  formats.default(ajv);
  ajv.addSchema({ $id: "openapi", components: document.components });
  const compiled = new Map<Json, ValidateFunction>();
  const compile = (schema: Json) => {
    const known = compiled.get(schema);
    if (known) return known;
    const text = JSON.stringify(schema).replaceAll('"#/components/', '"openapi#/components/');
    const made = ajv.compile(JSON.parse(text));
    compiled.set(schema, made);
    return made;
  };
  /** What is wrong with an answer; null for one that is as documented. */
  return (
    operation: DocumentedOperation,
    answer: { status: number; type: string | null; body: unknown },
  ): string | null => {
    const documented = operation.responses[answer.status];
    if (!documented) return `${answer.status} is not documented`;
    if (!documented.content) return null;
    const type = answer.type?.split(";")[0] ?? "";
    const content = documented.content[type];
    if (!content) return `${answer.status} as ${type} is not documented`;
    if (!type.endsWith("json")) return null;
    const check = compile(content.schema);
    return check(answer.body) ? null : JSON.stringify(check.errors);
  };
}

/**
 * Values of a JSON Schema, and now and then of anything but.
 *
 * @param samples values to try for a property of that name
 */
export function valuesOf(
  document: OpenApi,
  schema: Json,
  samples: Record<string, fc.Arbitrary<unknown>> = {},
): fc.Arbitrary<unknown> {
  const anything = fc.oneof(fc.jsonValue({ maxDepth: 2 }), oddText(), fc.constant(undefined));
  const of = (part: Json): fc.Arbitrary<unknown> => {
    const { $ref, anyOf, oneOf, allOf, type, properties, items, format } = part as {
      [name: string]: unknown;
    };
    if (typeof $ref === "string") {
      return of(document.components.schemas[$ref.split("/").at(-1) as string] as Json);
    }
    const union = (anyOf ?? oneOf ?? allOf) as Json[] | undefined;
    if (union) return fc.oneof(...union.map(of));
    if ("const" in part) return fc.constant(part.const);
    if (Array.isArray(part.enum)) return fc.constantFrom(...part.enum);
    if (type === "object") return record((properties ?? {}) as Record<string, Json>);
    if (type === "array") return fc.array(of((items ?? {}) as Json), { maxLength: 4 });
    if (type === "boolean") return fc.boolean();
    if (type === "null") return fc.constant(null);
    if (type === "integer" || type === "number") {
      return fc.oneof(fc.integer({ min: 0, max: 100 }), fc.integer(), fc.double());
    }
    if (format === "uuid") return fc.uuid();
    if (format === "email") return fc.emailAddress();
    if (format === "date-time") return fc.date({ noInvalidDate: true }).map((d) => d.toISOString());
    if (type === "string") return fc.oneof(fc.string({ minLength: 1, maxLength: 40 }), oddText());
    return fc.jsonValue({ maxDepth: 2 });
  };
  const record = (properties: Record<string, Json>): fc.Arbitrary<unknown> => {
    const fields = Object.entries(properties).map(([name, part]) => {
      const usual = samples[name] ? fc.oneof(samples[name], of(part)) : of(part);
      const maybe = fc.oneof({ weight: 12, arbitrary: usual }, { weight: 1, arbitrary: anything });
      return [name, maybe] as const;
    });
    const extra = fc.dictionary(fc.string({ maxLength: 12 }), anything, { maxKeys: 1 });
    return fc
      .tuple(fc.record(Object.fromEntries(fields), { requiredKeys: [] }), fc.nat(9), extra)
      .map(([given, dice, more]) => (dice === 0 ? { ...more, ...given } : given));
  };
  return fc.oneof({ weight: 12, arbitrary: of(schema) }, { weight: 1, arbitrary: anything });
}

/** Text that has broken something somewhere. */
export const oddText = (): fc.Arbitrary<string> =>
  fc.oneof(
    fc.string({ unit: "binary", maxLength: 30 }),
    fc.string({ unit: "grapheme", maxLength: 120 }),
    fc.constantFrom(
      ...["", " ", "\0", "\u202e", "\ud800", "=HYPERLINK(1)", "<script>", "' or 1=1 --", "%00"],
      ...[
        "__proto__",
        "constructor",
        "null",
        "undefined",
        "NaN",
        "1e309",
        "-0",
        "../..",
        "x".repeat(5000),
      ],
    ),
  );
