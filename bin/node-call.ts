import type { IncomingMessage, ServerResponse } from "node:http";
import type { Answer, Call } from "@/lib/http/call";

/** A call straight from the socket: what `callOf` makes of a `Request`, without its cost. */
export function callOfMessage(
  message: IncomingMessage,
  known: { address: string | null; requestId: string },
): Call {
  return {
    method: message.method as string,
    target: message.url as string,
    header: (name) => {
      const value = message.headers[name];
      return value === undefined ? null : Array.isArray(value) ? value.join(", ") : value;
    },
    readBody: (limit) => readMessage(message, limit),
    ...known,
  };
}

async function readMessage(message: IncomingMessage, limit: number): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Sends an answer whose body is text or nothing. */
export function sendAnswer(response: ServerResponse, answer: Answer): void {
  response.writeHead(answer.status, answer.headers);
  response.end(answer.body as string | null);
}
