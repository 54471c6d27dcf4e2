import type { z } from "zod";
import { AppError, type Issue } from "@/lib/errors";
import { type Answer, type Call, queryOf } from "@/lib/http/call";

/** Bytes of a body at most (contract §8). */
export const bodyLimit = 64 * 1024;
const deepest = 32;

/** An answer in JSON that must not be stored: it depends on a credential. */
export function json(body: unknown, status = 200): Answer {
  return {
    status,
    headers: { "Content-Type": "application/json", "Cache-Control": "no-store" },
    body: JSON.stringify(body),
  };
}

/**
 * Reads and validates a JSON body.
 * @throws AppError `unsupported_media_type`, `payload_too_large`, `invalid_json`, or
 *   `invalid_request` naming each field that is wrong.
 */
export async function readJson<T extends z.ZodType>(call: Call, schema: T): Promise<z.output<T>> {
  const type = call.header("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") {
    throw new AppError(
      "unsupported_media_type",
      "Send the body as Content-Type: application/json.",
    );
  }
  const bytes = await call.readBody(bodyLimit);
  if (!bytes) {
    throw new AppError("payload_too_large", "The body is larger than 64 KiB.");
  }
  return validate(schema, parseJson(bytes));
}

function parseJson(bytes: Buffer): unknown {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new AppError("invalid_json", "The body is not UTF-8.");
  }
  if (nesting(text) > deepest) {
    throw new AppError("invalid_json", `The body nests deeper than ${deepest} levels.`);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError("invalid_json", "The body is not valid JSON.");
  }
}

/** How deep brackets nest, strings left out; before parsing, so that no parser is exhausted. */
function nesting(text: string): number {
  let depth = 0;
  let most = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (inString) {
      if (char === "\\") i++;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === "{" || char === "[") most = Math.max(most, ++depth);
    else if (char === "}" || char === "]") depth--;
  }
  return most;
}

/** Validates the query; a parameter that repeats or isn't known is an error that names it. */
export function readQuery<T extends z.ZodType>(call: Call, schema: T): z.output<T> {
  const given = queryOf(call);
  const values: Record<string, string> = Object.create(null);
  const issues: Issue[] = [];
  for (const [name, value] of given) {
    if (name in values) issues.push({ path: `?${name}`, message: "Given more than once." });
    values[name] = value;
  }
  if (issues.length > 0) throw invalid(issues);
  return validate(schema, { ...values }, "?");
}

/** Validates a value. @throws AppError `invalid_request` with an issue for each thing wrong. */
export function validate<T extends z.ZodType>(schema: T, value: unknown, prefix = ""): z.output<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw invalid(parsed.error.issues.flatMap((issue) => issuesOf(issue, prefix)));
}

function issuesOf(issue: z.core.$ZodIssue, prefix: string): Issue[] {
  const path = prefix + issue.path.map(String).join(".");
  if (issue.code === "unrecognized_keys") {
    const parent = path === prefix ? prefix : `${path}.`;
    return issue.keys.map((key) => ({ path: parent + key, message: "Not a field of this call." }));
  }
  return [{ path: path || "body", message: issue.message }];
}

function invalid(issues: Issue[]): AppError {
  const named = issues.map(({ path, message }) => `${path}: ${message}`).join(" ");
  return new AppError("invalid_request", named, { issues });
}

/**
 * Checks ids that a body repeats from its path.
 * @throws AppError `invalid_request` naming each that contradicts it.
 */
export function agreesWithPath(pairs: Record<string, [string | undefined, string]>): void {
  const issues = Object.entries(pairs)
    .filter(([, [sent, meant]]) => sent !== undefined && sent !== meant)
    .map(([path]) => ({ path, message: "Contradicts the path or the credential." }));
  if (issues.length > 0) throw invalid(issues);
}
