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
