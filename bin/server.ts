import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import next from "next";
import { expressRoute } from "@/bin/express-lane";
import { answerBrokenRequests, dropNextHeaders, refusalOf, timeLimits } from "@/bin/hardening";
import { callOfMessage, endWithBody, sendAnswer } from "@/bin/node-call";
import { clientAddress, parseProxies } from "@/lib/http/address";
import { requestIdOf } from "@/lib/http/call";
import { withConnection } from "@/lib/http/connection";
import { settings } from "@/lib/settings";

export type RunningServer = { server: Server; close(): Promise<void> };

/**
 * Serves portal and API from one process: hot bearer routes first, by the route handlers' own
 * functions, and all else by Next.
 */
export async function serve(options: { root: string; dev: boolean }): Promise<RunningServer> {
  const { PORT, HOST, BROKER_TRUSTED_PROXIES } = settings();
  const hostname = HOST ?? "127.0.0.1";
  // Next takes upgrades (of its development server) from this one; with any listener for them on
  // ours, Node would close the connection of each caller that merely offers HTTP/2.
  const upgrades = createServer();
  const app = next({
    dev: options.dev,
    dir: options.root,
    hostname,
    port: PORT,
    ...(options.dev ? {} : { httpServer: upgrades }),
  });
  await app.prepare();
  const handleByNext = app.getRequestHandler();
  const proxies = parseProxies(BROKER_TRUSTED_PROXIES);
  let draining = false;

  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const requestId = requestIdOf(request.headers["x-request-id"] as string | undefined);
    const address = clientAddress(
      request.socket.remoteAddress ?? null,
      request.headers["x-forwarded-for"] as string | undefined,
      proxies,
    );
    endWithBody(request);
    if (draining) response.setHeader("Connection", "close");
    const refusal = refusalOf(request, requestId);
    if (refusal) return sendAnswer(response, refusal);
    const express = expressRoute(request.method as string, request.url as string);
    if (express)
      return sendAnswer(response, await express(callOfMessage(request, { address, requestId })));
    response.setHeader("X-Request-Id", requestId);
    dropNextHeaders(request);
    await withConnection({ address, requestId }, () => handleByNext(request, response));
  };

  const onRequest = (request: IncomingMessage, response: ServerResponse) => {
    handle(request, response).catch(() => {
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  };
  const server = createServer(timeLimits, onRequest);
  answerBrokenRequests(server, onRequest);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(PORT, hostname, resolve);
  });
  return {
    server,
    async close() {
      draining = true;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const late = setTimeout(() => server.closeAllConnections(), 10_000);
      await closed;
      clearTimeout(late);
      await app.close();
    },
  };
}
