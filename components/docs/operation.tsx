import { Badge } from "@/components/ui/badge";
import { CodeBlock } from "@/components/ui/code";
import { curlOf } from "./curl";
import { Fields, fieldsOf } from "./fields";
import type { OperationObject, Schema } from "./openapi-types";
import { Prose } from "./prose";

const tones = { get: "accent", post: "positive", put: "caution", delete: "danger" } as const;

/** One call of the API: what it does, takes and answers. */
export function Operation({
  method,
  path,
  operation,
  schemas,
  server,
}: {
  method: string;
  path: string;
  operation: OperationObject;
  schemas: Record<string, Schema>;
  server: string;
}) {
  const body = Object.entries(operation.requestBody?.content ?? {})[0];
  const success = Object.values(operation.responses["200"]?.content ?? {})[0]?.schema;
  const answered = success ? fieldsOf(success, schemas) : [];
  const failures = Object.entries(operation.responses).filter(([status]) => status !== "200");
  return (
    <article
      id={operation.operationId}
      className="grid scroll-mt-6 gap-4 border-line border-t pt-6"
      aria-labelledby={`${operation.operationId}-title`}
    >
      <header className="grid gap-1.5">
        <h3 id={`${operation.operationId}-title`} className="font-semibold text-base">
          {operation.summary}
        </h3>
        <p className="flex flex-wrap items-center gap-2">
          <Badge tone={tones[method as keyof typeof tones] ?? "neutral"}>
            {method.toUpperCase()}
          </Badge>
          <code className="wrap-anywhere text-sm">{path}</code>
        </p>
        {operation.description && (
          <p className="max-w-170 text-muted">
            <Prose>{operation.description}</Prose>
          </p>
        )}
      </header>
      {operation.parameters && <Fields title="Parameters" fields={operation.parameters} />}
      {body && <Fields title={`Body (${body[0]})`} fields={fieldsOf(body[1].schema, schemas)} />}
      <CodeBlock label="Try it" scrolls={`Try it: ${operation.summary}`}>
        {curlOf(server, method, path, operation, schemas)}
      </CodeBlock>
      {answered.length > 0 && (
        <Fields
          title={success?.type === "array" ? "Answer 200 (list)" : "Answer 200"}
          fields={answered.map((field) => ({ ...field, required: false }))}
        />
      )}
      <details className="text-sm">
        <summary className="w-fit cursor-pointer rounded-xs text-muted hover:text-ink">
          Errors: {failures.map(([status]) => status).join(", ")}
        </summary>
        <ul className="mt-2 grid gap-1">
          {failures.map(([status, { description }]) => (
            <li key={status} className="flex gap-3">
              <code className="w-8 shrink-0">{status}</code>
              <span className="text-muted">{description}</span>
            </li>
          ))}
        </ul>
      </details>
    </article>
  );
}
