import { Agent, request } from "node:http";
import { connect } from "node:net";

/** What to send: a bearer token, a JSON value or a body as it is, and headers. */
export type Sent = {
  token?: string;
  json?: unknown;
  body?: BodyInit;
  headers?: Record<string, string>;
};

/** What came back. `body` is the parsed JSON, or the text where it is none. */
export type Answer = {
  status: number;
  headers: Headers;
  text: string;
  body: ReturnType<typeof JSON.parse>;
};

/** Calls one server: method, path, and what to send with it. */
export type Api = (method: string, path: string, sent?: Sent) => Promise<Answer>;

/** @param url where the server is, without a path */
export function apiOf(url: string): Api {
  return async (method, path, { token, json, body, headers } = {}) => {
    const response = await fetch(url + path, {
      method,
      redirect: "manual",
      headers: {
        ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
        ...(json === undefined ? {} : { "Content-Type": "application/json" }),
        ...headers,
      },
      body: json === undefined ? body : JSON.stringify(json),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: parsed(text) };
  };
}

function parsed(text: string): Answer["body"] {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/**
 * Sends a request as it is written, which `fetch` would tidy up, and answers all that came back.
 *
 * @param url where the server is
 * @param lines request line and headers; `Host` and `Connection: close` are added
 * @param body sent as it is
 */
export function rawCall(url: string, lines: string[], body = ""): Promise<Answer> {
  const { hostname, port, host } = new URL(url);
  const [request, ...headers] = lines;
  const head = [request, `Host: ${host}`, "Connection: close", ...headers, "", ""].join("\r\n");
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(head + body));
    let text = "";
    socket.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
    });
    socket.on("error", reject);
    socket.on("close", () => resolve(answerOf(text)));
  });
}

function answerOf(received: string): Answer {
  const [head = "", ...rest] = received.split("\r\n\r\n");
  const [statusLine = "", ...lines] = head.split("\r\n");
  const headers = new Headers(
    lines.map((line) => line.split(/: ?(.*)/s).slice(0, 2) as [string, string]),
  );
  const chunked = headers.get("transfer-encoding") === "chunked";
  const body = rest.join("\r\n\r\n");
  const text = chunked ? body.replace(/^[0-9a-f]+\r\n|\r\n[0-9a-f]+\r\n?/gi, "") : body;
  return { status: Number(statusLine.split(" ")[1]), headers, text, body: parsed(text) };
}

/**
 * Calls over one connection that is kept alive, one after the other, as a gateway does.
 *
 * @returns an `Api` whose `close` ends the connection
 */
export function oneConnection(url: string): Api & { close(): void } {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const call: Api = (method, path, { token, json, body, headers } = {}) =>
    new Promise((resolve, reject) => {
      const content = json === undefined ? body : JSON.stringify(json);
      const sent = request(url + path, {
        method,
        agent,
        headers: {
          ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
          "Content-Type": "application/json",
          "Content-Length": Buffer.byteLength(String(content ?? "")),
          ...headers,
        },
      });
      sent.on("error", reject).on("response", async (response) => {
        let text = "";
        for await (const chunk of response.setEncoding("utf8")) text += chunk;
        const received = new Headers(response.headers as Record<string, string>);
        const { statusCode: status = 0 } = response;
        resolve({ status, headers: received, text, body: parsed(text) });
      });
      sent.end(content);
    });
  return Object.assign(call, { close: () => agent.destroy() });
}
