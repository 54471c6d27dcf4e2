/** Bytes of a plain request at most: a token of the longest kind and what stands around it. */
const longest = 10 * 1024;

/**
 * RFC 9112 as far as nothing in it can be read in two ways: a path that isn't encoded, header lines
 * with neither folding nor bytes beyond ASCII, and an end right after the empty line.
 */
const plainForm =
  /^GET \/[\x21-\x24\x26-\x7e]* HTTP\/1\.1\r\n(?:[!#$%&'*+.^_`|~0-9A-Za-z-]+:[\t\x20-\x7e]*\r\n)+\r\n$/;

/** Lengths of the names that matter: each that `take` tells apart is here. */
const isRead: boolean[] = new Array(32).fill(false);
for (const name of [
  "authorization",
  "connection",
  "content-length",
  "expect",
  "host",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "user-agent",
  "x-forwarded-for",
  "x-request-id",
]) {
  isRead[name.length] = true;
}

/** A GET without a body that came whole and alone, as most calls of gateways do. */
export class PlainRequest {
  target = "";
  host: string | undefined;
  authorization: string | undefined;
  userAgent: string | undefined;
  forwardedFor: string | undefined;
  requestId: string | undefined;
}

/**
 * Reads a plain request, at a fraction of what an HTTP parser costs. Whatever is the least bit
 * unusual is left to one.
 * @param buffer holds all that came in its first `bytes`
 * @returns null for anything but exactly one plain request
 */
export function readPlainRequest(buffer: Buffer, bytes: number): PlainRequest | null {
  if (bytes > longest) return null;
  const text = buffer.toString("latin1", 0, bytes);
  if (!plainForm.test(text)) return null;
  const request = new PlainRequest();
  let at = text.indexOf("\r\n");
  request.target = text.slice(4, at - " HTTP/1.1".length);
  for (at += 2; at < text.length - 2; ) {
    const end = text.indexOf("\r\n", at);
    const colon = text.indexOf(":", at);
    // Lengths first: this runs for each header of each request.
    if (isRead[colon - at]) {
      const name = text.slice(at, colon).toLowerCase();
      if (!take(request, name, text.slice(colon + 1, end).trim())) return null;
    }
    at = end + 2;
  }
  return request.host === undefined ? null : request;
}

/** Whether a header leaves the request a plain one. */
function take(request: PlainRequest, name: string, value: string): boolean {
  switch (name) {
    case "host":
      if (request.host !== undefined) return false;
      request.host = value;
      return true;
    case "authorization":
      if (request.authorization !== undefined) return false;
      request.authorization = value;
      return true;
    case "user-agent":
      if (request.userAgent !== undefined) return false;
      request.userAgent = value;
      return true;
    case "x-forwarded-for":
      if (request.forwardedFor !== undefined) return false;
      request.forwardedFor = value;
      return true;
    case "x-request-id":
      if (request.requestId !== undefined) return false;
      request.requestId = value;
      return true;
    case "connection":
      return value.toLowerCase() === "keep-alive";
    // Others change how a message is framed, or what becomes of its connection.
    case "content-length":
    case "expect":
    case "proxy-connection":
    case "te":
    case "trailer":
    case "transfer-encoding":
    case "upgrade":
      return false;
    default:
      return true;
  }
}
