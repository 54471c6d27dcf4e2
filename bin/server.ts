import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import next from "next";
import { drain } from "@/bin/drain";
import { expressRoute } from "@/bin/express-lane";
import { answerBrokenRequests, dropNextHeaders, refusalOf, timeLimits } from "@/bin/hardening";
import { endWithBody, Heads, MessageCall, sendAnswer } from "@/bin/node-call";
import { openPlainLane } from "@/bin/plain-lane";
import { staticFiles } from "@/bin/static-files";
import { clientAddress, parseProxies } from "@/lib/http/address";
import { requestIdOf } from "@/lib/http/call";
import { withConnection } from "@/lib/http/connection";
import { beginStopping } from "@/lib/operations/stopping";
import { settings } from "@/lib/settings";

type Proxies = ReturnType<typeof parseProxies>;
export type RunningServer = {
  server: Server;
  /** Serves for `graceMs` more, then ends without losing a call. */
  close(graceMs: number): Promise<void>;
};

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
  const serveStatic = options.dev ? undefined : staticFiles(options.root);
  let draining = false;
  let underWay = 0;

  const handle = (request: IncomingMessage, response: ServerResponse) => {
    const heads = new Heads(request);
    const requestId = requestIdOf(heads.requestId);
    const address = addressOf(request.socket, heads.forwardedFor, proxies);
    if (heads.hasBody) endWithBody(request);
    if (draining) response.setHeader("Connection", "close");
    const refusal = refusalOf(request, heads, requestId);
    if (refusal) return sendAnswer(response, refusal, requestId);
    const express = expressRoute(request.method as string, request.url as string);
    if (express) {
      const answer = express(new MessageCall(request, heads, address, requestId));
      if (!(answer instanceof Promise)) return sendAnswer(response, answer, requestId);
      underWay++;
      answer.then(
        (answered) => {
          underWay--;
          sendAnswer(response, answered, requestId);
        },
        () => {
          underWay--;
          fail(response);
        },
      );
      return;
    }
    response.setHeader("X-Request-Id", requestId);
    dropNextHeaders(request);
    underWay++;
    response.once("close", () => {
      underWay--;
    });
    const byNext = () => {
      withConnection({ address, requestId }, () => handleByNext(request, response)).catch(() =>
        fail(response),
      );
    };
    if (!serveStatic?.(request, response, byNext)) byNext();
  };
  const fail = (response: ServerResponse) => {
    if (!response.headersSent) response.writeHead(500);
    response.end();
  };
  const onRequest = (request: IncomingMessage, response: ServerResponse) => {
    try {
      handle(request, response);
    } catch {
      fail(response);
    }
  };
  const server = createServer(timeLimits, onRequest);
  answerBrokenRequests(server, onRequest);
  const plain = openPlainLane(server, (socket, forwardedFor) =>
    addressOf(socket, forwardedFor, proxies),
  );
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      reject(error.code === "EADDRINUSE" ? portTaken(PORT) : error);
    });
    server.listen(PORT, hostname, resolve);
  });
  return {
    server,
    async close(graceMs) {
      draining = true;
      plain.drain();
      beginStopping();
      await drain(server, plain, graceMs, () => underWay);
      await app.close();
    },
  };
}

const portTaken = (port: number) =>
  new Error(`Port ${port} is taken by another program: stop that one, or set PORT.`);

const peerAddresses = new WeakMap<Socket, string | null>();

/** The client's address; a connection's peer is looked up once. */
function addressOf(
  socket: Socket,
  forwardedFor: string | undefined,
  proxies: Proxies,
): string | null {
  let peer = peerAddresses.get(socket);
  if (peer === undefined) {
    peer = clientAddress(socket.remoteAddress ?? null, undefined, []);
    peerAddresses.set(socket, peer);
  }
  if (proxies.length === 0) return peer;
  return clientAddress(peer, forwardedFor, proxies);
}
