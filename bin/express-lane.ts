import * as verify from "@/app/up/v5/verify/route";
import type { Answer, Call } from "@/lib/http/call";
import { direct, type RouteHandler } from "@/lib/http/endpoint";

type Route = Record<string, RouteHandler>;

/** Paths answered before Next's router, by the route handlers' own functions. */
const routes: Record<string, Route> = {
  "/up/v5/verify": verify,
};

const table = new Map(
  Object.entries(routes).flatMap(([path, route]) =>
    ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"].map(
      (method) => [`${method} ${path}`, direct(route[method] as RouteHandler)] as const,
    ),
  ),
);

/** The handler of a hot path, or undefined: then Next's router takes the request. */
export function expressRoute(
  method: string,
  target: string,
): ((call: Call) => Promise<Answer>) | undefined {
  const query = target.indexOf("?");
  return table.get(`${method} ${query < 0 ? target : target.slice(0, query)}`);
}
