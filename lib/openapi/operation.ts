import type { z } from "zod";
import type { Scope } from "@/lib/scopes";

/** One call of the API as its OpenAPI document tells it. Schemas are those that validate. */
export type Operation = {
  method: "get" | "post" | "put" | "delete";
  /** With `{id}` for what varies. */
  path: string;
  id: string;
  tag: string;
  summary: string;
  description?: string;
  /**
   * What the caller shows: `bearer` is a System Access Token or JWT, `client` a ClientId with its
   * secret, `caller` either.
   */
  security: "none" | "bearer" | "client" | "caller";
  scope?: Scope;
  query?: z.ZodObject;
  /** Of the path; a UUID unless told otherwise. */
  parameters?: Record<string, { description: string; schema: { type: "string" } }>;
  /** Whether it honours `Idempotency-Key`. */
  repeatable?: boolean;
  body?: { schema: z.ZodType; type?: string };
  /** Of a 200. */
  response?: { schema: z.ZodType; type?: string };
  responseHeaders?: Record<string, string>;
  /** Errors are worded as OAuth has them, not as the Standard Response Object. */
  oauth?: boolean;
  /** Statuses of errors besides 500 and 503. */
  errors: number[];
};
