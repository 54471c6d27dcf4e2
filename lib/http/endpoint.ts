import { AppError } from "@/lib/errors";
import { type Answer, type Call, callOf, responseOf } from "@/lib/http/call";
import { brokerError } from "@/lib/http/errors";
import { countAnswer } from "@/lib/operations/counters";

export type Params = Record<string, string>;
/** What comes of a call. A refusal may be returned too: thrown, it costs a flooded server more. */
export type Outcome = Answer | AppError;
/** What an endpoint does with a call; `params` are the dynamic parts of its path. */
export type Handler = (call: Call, params: Params) => Promise<Outcome> | Outcome;
/** How a surface words an error: `/up/v5`, OAuth or the portal. */
export type ErrorFormat = (thrown: unknown, requestId: string) => Answer;

type Context = { params: Promise<unknown> };
/** A route handler as Next calls it. */
export type RouteHandler = (request: Request, context: Context) => Promise<Response>;

const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;
type Method = (typeof methods)[number];

/**
 * The handlers of one path, for `export const { GET, POST, … } = endpoint(…)`. A method that isn't
 * given answers 405 in the surface's own words. HEAD is GET without a body.
 */
export function endpoint(
  handlers: Partial<Record<Method, Handler>>,
  formatError: ErrorFormat = brokerError,
): Record<Method, RouteHandler> {
  const all = { ...handlers };
  if (all.GET && !all.HEAD) all.HEAD = all.GET;
  const allow = Object.keys(all);
  const refuse: Handler = (call) => {
    throw new AppError("method_not_allowed", `${call.method} is not a method of this path.`, {
      allow,
    });
  };
  const routes = methods.map((method) => [method, toRoute(all[method] ?? refuse, formatError)]);
  return Object.fromEntries(routes);
}

function toRoute(handler: Handler, formatError: ErrorFormat): RouteHandler {
  function finish(call: Call, outcome: Outcome): Answer {
    const answer = outcome instanceof AppError ? formatError(outcome, call.requestId) : outcome;
    countAnswer(call.target, answer.status);
    if (call.method !== "HEAD") return answer;
    return { status: answer.status, headers: answer.headers, body: null };
  }
  const fail = (call: Call, error: unknown) => finish(call, formatError(error, call.requestId));
  // A promise only where there is something to wait for: most of what is refused needs nothing.
  function answer(call: Call, params: Params): Answer | Promise<Answer> {
    try {
      const outcome = handler(call, params);
      if (!(outcome instanceof Promise)) return finish(call, outcome);
      return outcome.then(
        (settled) => finish(call, settled),
        (error) => fail(call, error),
      );
    } catch (error) {
      return fail(call, error);
    }
  }
  // The express lane passes a `Call` and takes the bare answer: see `direct`.
  function route(request: Request | Call, context?: Context) {
    if (!(request instanceof Request)) return answer(request, {});
    return respond(request, context);
  }
  async function respond(request: Request, context?: Context): Promise<Response> {
    // A path without dynamic parts has no params at all.
    const params = ((await context?.params) ?? {}) as Params;
    const call = callOf(request);
    return responseOf(await answer(call, params), call.requestId);
  }
  return route as RouteHandler;
}

/** Calls a route handler of `endpoint` without `Request` and `Response`, for the express lane. */
export const direct = (route: RouteHandler): ((call: Call) => Answer | Promise<Answer>) =>
  route as unknown as (call: Call) => Answer | Promise<Answer>;
