import type { ErrorCode, Issue } from "@/lib/errors";

/**
 * Why a call of the portal's own API failed. `code` is the server's, or `network` where no answer
 * came: then a change may or may not have been made.
 */
export class PortalError extends Error {
  override readonly name = "PortalError";

  constructor(
    readonly code: ErrorCode | "network",
    message: string,
    readonly details: {
      status?: number;
      requestId?: string;
      issues?: Issue[];
    } = {},
  ) {
    super(message);
  }

  /** What is wrong with one field of the input, if that is why. */
  issueOf(path: string): string | undefined {
    return this.details.issues?.find((issue) => issue.path.toLowerCase() === path)?.message;
  }
}

type Method = "GET" | "POST" | "PATCH" | "PUT" | "DELETE";

/**
 * Calls the portal's own API.
 * @returns the answer's JSON.
 * @throws PortalError
 */
export async function call<T>(
  method: Method,
  path: string,
  options: { body?: unknown; signal?: AbortSignal } = {},
): Promise<T> {
  const { body, signal } = options;
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      signal,
      cache: "no-store",
      ...(body === undefined
        ? {}
        : { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new PortalError("network", "The server can't be reached.");
  }
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok) return answer as T;
  throw toPortalError(response, answer);
}

function toPortalError(response: Response, answer: unknown): PortalError {
  const said = (answer ?? {}) as {
    code?: ErrorCode;
    message?: string;
    requestId?: string;
    issues?: Issue[];
  };
  return new PortalError(
    said.code ?? "internal_error",
    said.message ?? "Something went wrong on the server.",
    {
      status: response.status,
      requestId: said.requestId ?? response.headers.get("x-request-id") ?? undefined,
      issues: said.issues,
    },
  );
}

/** Whether the reader may no longer see what was asked for, or it is gone: no use to show it on. */
export const isLost = (error: unknown): boolean =>
  error instanceof PortalError && (error.code === "forbidden" || error.code === "not_found");

/** Whether asking again may help: no answer, or the server said that it will be back. */
export function isPassing(error: unknown): boolean {
  return (
    error instanceof PortalError &&
    ["network", "database_unavailable", "overloaded"].includes(error.code)
  );
}
