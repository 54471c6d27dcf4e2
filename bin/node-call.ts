import type { IncomingMessage, ServerResponse } from "node:http";
import { type Answer, type Call, discardLimit } from "@/lib/http/call";

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
  // Leaving the loop early must not destroy the message: with it would go the socket, unanswered.
  for await (const chunk of message.iterator({ destroyOnReturn: false })) {
    size += chunk.length;
    if (size > limit) {
      discard(message);
      return null;
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Reads the rest away: left in the way, it would make the next call on the connection hang. */
function discard(message: IncomingMessage): void {
  let size = 0;
  message.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size > discardLimit) message.destroy();
  });
}

/**
 * Ends the connection once nobody will read the rest of a request's body. Next destroys such a
 * message without its socket, on which nothing would move any more.
 */
export function endWithBody(message: IncomingMessage): void {
  const { socket } = message;
  message.once("close", () => {
    if (!message.complete) socket.destroy();
  });
}

/** Sends an answer whose body is text or nothing. */
export function sendAnswer(response: ServerResponse, answer: Answer): void {
  response.writeHead(answer.status, answer.headers);
  response.end(answer.body as string | null);
}
