import * as jwks from "@/app/.well-known/jwks.json/route";
import * as introspect from "@/app/oauth2/introspect/route";
import * as revoke from "@/app/oauth2/revoke/route";
import * as token from "@/app/oauth2/token/route";
import * as accessToken from "@/app/up/v5/oauth2/accessToken/route";
import * as verify from "@/app/up/v5/verify/route";
import type { Answer, Call } from "@/lib/http/call";
import { direct, type RouteHandler } from "@/lib/http/endpoint";

type Route = Record<string, unknown>;

/** Paths answered before Next's router, by the route handlers' own functions. */
const routes: Record<string, Route> = {
  "/up/v5/verify": verify,
  "/up/v5/oauth2/accessToken": accessToken,
  "/oauth2/token": token,
  "/oauth2/introspect": introspect,
  "/oauth2/revoke": revoke,
  "/.well-known/jwks.json": jwks,
};

export const expressPaths = Object.keys(routes);

const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
const table = new Map(
  Object.entries(routes).map(([path, route]) => [
    path,
    new Map(methods.map((method) => [method, direct(route[method] as RouteHandler)])),
  ]),
);

/** The handler of a hot path, or undefined: then Next's router takes the request. */
export function expressRoute(
  method: string,
  target: string,
): ((call: Call) => Answer | Promise<Answer>) | undefined {
  const query = target.indexOf("?");
  return table.get(query < 0 ? target : target.slice(0, query))?.get(method);
}
