import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { Webhook as Signer } from "standardwebhooks";
import { parseTarget, publicLookup } from "@/lib/webhooks/target";

/** Milliseconds for a whole attempt. */
const deadline = 10_000;

export type Message = {
  url: string;
  /** `whsec_…` */
  secret: string;
  /** The same for every attempt and replay: receivers know by it what they have already. */
  id: string;
  body: string;
  sentAt: Date;
};

/**
 * Sends a message by the Standard Webhooks scheme. Follows no redirect and reads no body.
 * @param anywhere whether private addresses and plain http are allowed.
 * @returns the status that was answered.
 * @throws Error whose `code` says why there was no answer.
 */
export function sendMessage(message: Message, anywhere: boolean): Promise<number> {
  const url = parseTarget(message.url, anywhere);
  const signature = new Signer(message.secret).sign(message.id, message.sentAt, message.body);
  const request = url.protocol === "https:" ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const sent = request(url, {
      method: "POST",
      agent: false,
      ...(anywhere ? {} : { lookup: publicLookup }),
      signal: AbortSignal.timeout(deadline),
      headers: {
        "Content-Type": "application/json",
        "Content-Length": Buffer.byteLength(message.body),
        "User-Agent": "ServiceBroker-Access",
        Connection: "close",
        "webhook-id": message.id,
        "webhook-timestamp": String(Math.floor(message.sentAt.getTime() / 1000)),
        "webhook-signature": signature,
      },
    });
    sent.once("response", (response) => {
      response.once("error", () => {}).resume();
      resolve(response.statusCode ?? 0);
    });
    sent.once("error", reject).end(message.body);
  });
}
