import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import sirv from "sirv";

const prefix = "/_next/static";
const year = 31_536_000;

/**
 * Serves scripts and styles of the build as they were compressed beforehand, to whoever takes
 * Brotli: an eighth less to send than what Next compresses as it goes.
 * @returns whether it answers; all else is Next's
 */
export function staticFiles(
  root: string,
): (request: IncomingMessage, response: ServerResponse, otherwise: () => void) => boolean {
  const serve = sirv(join(root, ".next", "static"), {
    brotli: true,
    etag: true,
    immutable: true,
    maxAge: year,
    setHeaders(response) {
      response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
      response.setHeader("X-Content-Type-Options", "nosniff");
    },
  });
  return (request, response, otherwise) => {
    const url = request.url as string;
    if (!url.startsWith(`${prefix}/`) || !isRead(request) || !takesBrotli(request)) return false;
    request.url = url.slice(prefix.length);
    serve(request, response, () => {
      request.url = url;
      otherwise();
    });
    return true;
  };
}

const isRead = ({ method }: IncomingMessage) => method === "GET" || method === "HEAD";
const takesBrotli = ({ headers }: IncomingMessage) =>
  /\bbr\b(?!;\s*q=0(\.0*)?\b)/.test(String(headers["accept-encoding"] ?? ""));
