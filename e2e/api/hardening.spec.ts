import { apiOf } from "@/e2e/support/call";
import { expectError } from "@/e2e/support/expect-error";
import { answersIn, type RawAnswer, sendRaw } from "@/e2e/support/raw";
import { expect, test } from "@/e2e/support/test";
import { operations } from "@/lib/openapi/document";

const HOST = "Host: broker.example\r\n";
const CLOSE = "Connection: close\r\n";
const id = "018f0000-0000-7000-8000-000000000000";
const clientId = `sbcl_${"0".repeat(22)}`;

/** A path of the document with ids of the right form that name nothing. */
const absent = (path: string) =>
  path.replace(/(?<=entityClient\/)\{\w+\}/, clientId).replace(/\{\w+\}/g, id);

/** Every method and path of the API, and what else the server answers. */
const routes = [
  ...operations.map(({ method, path }) => [method.toUpperCase(), absent(path)]),
  ...["/healthz", "/readyz", "/metrics", "/openapi.json", "/docs", "/", "/nowhere"].map((path) => [
    "GET",
    path,
  ]),
] as [string, string][];
const paths = [...new Set(routes.map(([, path]) => path))];

/** Exactly one answer, of this status, in our words, and the connection closed after it. */
function expectRefused(answer: RawAnswer, status: number, what: string) {
  expect(answersIn(answer.text), what).toEqual([String(status)]);
  expect(answer.text, what).toMatch(/x-request-id: [\w.-]+\r\n/i);
  expect(answer.text, what).toMatch(/"Code":"\w+","Message":"/);
}

test.describe("on every route", () => {
  test("an Authorization header that repeats is 400, whatever the two hold", async ({
    server,
    tenant,
  }) => {
    for (const [method, path] of routes) {
      for (const second of ["Bearer x", `Bearer ${tenant.token}`, ""]) {
        const both = `Authorization: Bearer ${tenant.token}\r\nauthorization: ${second}\r\n`;
        const answer = await sendRaw(server.url, [
          `${method} ${path} HTTP/1.1\r\n${HOST}${both}${CLOSE}\r\n`,
        ]);
        expectRefused(answer, 400, `${method} ${path}`);
      }
    }
  });

  test("TRACE, CONNECT and methods of other protocols are 405", async ({ server }) => {
    for (const path of paths) {
      for (const method of ["TRACE", "PROPFIND", "SEARCH", "PURGE"]) {
        const answer = await sendRaw(server.url, [
          `${method} ${path} HTTP/1.1\r\n${HOST}${CLOSE}\r\n`,
        ]);
        expectRefused(answer, 405, `${method} ${path}`);
        expect(answer.text).toMatch(/^allow: /im);
      }
    }
    const connect = `CONNECT db.internal:5432 HTTP/1.1\r\n${HOST}\r\n`;
    expectRefused(await sendRaw(server.url, [connect]), 405, "CONNECT");
  });

  test("a target that is no path is 400", async ({ server }) => {
    for (const path of paths) {
      const answer = await sendRaw(server.url, [
        `GET http://evil.example${path} HTTP/1.1\r\n${HOST}${CLOSE}\r\n`,
      ]);
      expectRefused(answer, 400, path);
    }
    const star = `OPTIONS * HTTP/1.1\r\n${HOST}${CLOSE}\r\n`;
    expectRefused(await sendRaw(server.url, [star]), 400, "*");
  });

  test("a body whose length is ambiguous is 400, and nothing after it is a request", async ({
    server,
  }) => {
    const hidden = `GET /healthz HTTP/1.1\r\n${HOST}\r\n`;
    for (const [method, path] of routes) {
      for (const headers of [
        "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n",
        "Content-Length: 4\r\nContent-Length: 5\r\n",
        "Transfer-Encoding: xchunked\r\n",
        "Transfer-Encoding: chunked, identity\r\n",
        "Content-Length: +4\r\n",
        "Content-Length : 4\r\n",
      ]) {
        const answer = await sendRaw(server.url, [
          `${method} ${path} HTTP/1.1\r\n${HOST}${headers}\r\n0\r\n\r\n${hidden}`,
        ]);
        expectRefused(answer, 400, `${method} ${path} ${headers}`);
      }
    }
  });

  test("no header of Next's own changes an answer of the API", async ({ server, tenant }) => {
    const api = apiOf(server.url);
    const token = tenant.token;
    for (const [method, path] of routes.filter(([, path]) => path.startsWith("/up/"))) {
      if (method !== "GET") continue;
      const plain = await api("GET", path, { token });
      const odd = await api("GET", path, {
        token,
        headers: {
          RSC: "1",
          "Next-Router-State-Tree": "x",
          "X-Middleware-Subrequest": "middleware:middleware:middleware",
          "X-Nextjs-Data": "1",
        },
      });
      expect([odd.status, odd.body.Code], path).toEqual([plain.status, plain.body.Code]);
    }
  });
});

test.describe("what is no valid request", () => {
  const start = `GET /up/v5/verify HTTP/1.1\r\n${HOST}`;
  const cases: [string, string][] = [
    ["a method that is none", `FROB /up/v5/verify HTTP/1.1\r\n${HOST}\r\n`],
    ["no Host", `GET /up/v5/verify HTTP/1.1\r\n${CLOSE}\r\n`],
    ["two Hosts", `${start}Host: evil.example\r\n${CLOSE}\r\n`],
    ["a folded header", `${start}Authorization: Bearer\r\n x\r\n\r\n`],
    ["a space before the colon", `${start}Authorization : Bearer x\r\n\r\n`],
    ["a bare LF", "GET /up/v5/verify HTTP/1.1\nHost: x\n\n"],
    ["a NUL in a header", `${start}X: a\0b\r\n\r\n`],
    ["TLS", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n"],
    ["HTTP/2 without asking", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"],
    ["a path of broken escapes", `GET /up/v5/entityToken/%zz HTTP/1.1\r\n${HOST}${CLOSE}\r\n`],
    ["a path that is not UTF-8", `GET /up/v5/entityToken/%ff HTTP/1.1\r\n${HOST}${CLOSE}\r\n`],
  ];
  for (const [what, bytes] of cases) {
    test(`${what} is 400 and closes the connection`, async ({ server }) => {
      expectRefused(await sendRaw(server.url, [bytes]), 400, what);
    });
  }

  test("chunks that are none end the connection with 400", async ({ server, tenant }) => {
    const start = `POST /up/v5/entityToken HTTP/1.1\r\n${HOST}Content-Type: application/json\r\n`;
    const chunked = `${start}Authorization: Bearer ${tenant.token}\r\nTransfer-Encoding: chunked\r\n\r\n`;
    const hidden = `GET /healthz HTTP/1.1\r\n${HOST}\r\n`;
    for (const chunk of ["ZZ\r\n{}", "-2\r\n{}", "1\r\n{}", "2;\n{}", "0x2\r\n{}"]) {
      const { text } = await sendRaw(server.url, [`${chunked}${chunk}\r\n0\r\n\r\n${hidden}`]);
      expect(answersIn(text), chunk).toEqual(["400"]);
    }
  });

  test("headers over 16 KiB are 431, in one or in many", async ({ server }) => {
    const many = Array.from({ length: 2_000 }, (_, i) => `X-${i}: abcdef\r\n`).join("");
    for (const headers of [`X: ${"a".repeat(17_000)}\r\n`, many]) {
      expectRefused(await sendRaw(server.url, [`${start}${headers}\r\n`]), 431, "headers");
    }
    const target = `GET /up/v5/verify?${"a".repeat(17_000)} HTTP/1.1\r\n${HOST}\r\n`;
    expectRefused(await sendRaw(server.url, [target]), 431, "target");
  });

  test("a second Authorization hides behind no number of other headers", async ({ server }) => {
    const many = Array.from({ length: 2_100 }, (_, i) => `${i}:\r\n`).join("");
    const both = `Authorization: Bearer a\r\n${many}Authorization: Bearer b\r\n`;
    expectRefused(await sendRaw(server.url, [`${start}${both}${CLOSE}\r\n`]), 400, "many");
  });

  test("a request inside a body stays a body", async ({ server }) => {
    const inner = `GET /openapi.json HTTP/1.1\r\n${HOST}\r\n`;
    const outer = `GET /up/v5/verify HTTP/1.1\r\n${HOST}Content-Length: ${inner.length}\r\n\r\n`;
    const next = `GET /healthz HTTP/1.1\r\n${HOST}${CLOSE}\r\n`;
    const { text } = await sendRaw(server.url, [outer + inner + next]);
    expect(answersIn(text)).toEqual(["401", "200"]);
    expect(text).not.toContain("openapi");
  });

  test("an offer to upgrade is declined by answering", async ({ server }) => {
    for (const offer of ["h2c\r\nHTTP2-Settings: AAMAAABk", "websocket"]) {
      const headers = `Connection: Upgrade, close\r\nUpgrade: ${offer}\r\n`;
      for (const path of ["/up/v5/verify", "/healthz"]) {
        const { status } = await sendRaw(server.url, [
          `GET ${path} HTTP/1.1\r\n${HOST}${headers}\r\n`,
        ]);
        expect(status).toBe(path === "/healthz" ? 200 : 401);
      }
    }
  });
});

test.describe("a caller that is slow", () => {
  test("over its headers or its body is answered 408 and cut off", async ({ server, tenant }) => {
    const post = `POST /up/v5/entityToken HTTP/1.1\r\n${HOST}Authorization: Bearer ${tenant.token}\r\nContent-Type: application/json\r\n`;
    const drip = (text: string) => [...text];
    const slow = [
      ["headers that never end", [`GET /healthz HTTP/1.1\r\n${HOST}`, ...drip("X-A: ".repeat(40))]],
      ["a body that never comes", [`${post}Content-Length: 100\r\n\r\n`]],
      ["a body in drips", [`${post}Content-Length: 1000\r\n\r\n`, ...drip(" ".repeat(200))]],
      [
        "chunks in drips",
        [`${post}Transfer-Encoding: chunked\r\n\r\n`, ...drip("1\r\n \r\n".repeat(40))],
      ],
    ] as const;
    const answers = await Promise.all(
      slow.map(async ([what, parts]) => ({
        what,
        answer: await sendRaw(server.url, [...parts], 300),
      })),
    );
    for (const { what, answer } of answers) expectRefused(answer, 408, what);
    expect((await apiOf(server.url)("GET", "/up/v5/verify", { token: tenant.token })).status).toBe(
      200,
    );
  });
});

test.describe("a body", () => {
  const LIMIT = 64 * 1024;
  const bodyRoutes = routes.filter(([method], index) => {
    const body = operations[index]?.body;
    return body && !body.type && (method === "POST" || method === "PUT");
  });

  /** The one call with a body that takes no Authorization header (contract §4). */
  const takesBearer = (path: string) => !path.endsWith("/oauth2/accessToken");

  test("over 64 KiB is 413 by count of bytes, not by header", async ({ server, masterToken }) => {
    const big = JSON.stringify({ Name: "é".repeat(LIMIT / 2) });
    for (const [method, path] of bodyRoutes) {
      const bearer = takesBearer(path) ? `Authorization: Bearer ${masterToken}\r\n` : "";
      const start = `${method} ${path} HTTP/1.1\r\n${HOST}${bearer}Content-Type: application/json\r\n`;
      const bytes = Buffer.from(big).toString("latin1");
      const sized = `${start}${CLOSE}Content-Length: ${bytes.length}\r\n\r\n${bytes}`;
      const half = bytes.length >> 1;
      const chunks = [bytes.slice(0, half), bytes.slice(half), ""]
        .map((part) => `${part.length.toString(16)}\r\n${part}\r\n`)
        .join("");
      const chunked = `${start}${CLOSE}Transfer-Encoding: chunked\r\n\r\n${chunks}`;
      for (const request of [sized, chunked]) {
        expectRefused(await sendRaw(server.url, [request]), 413, `${method} ${path}`);
      }
    }
  });

  test("of 64 KiB exactly is read", async ({ api, tenant }) => {
    const json = JSON.stringify({ Name: "x" });
    const body = json.replace("}", `${" ".repeat(LIMIT - json.length)}}`);
    expect(Buffer.byteLength(body)).toBe(LIMIT);
    const headers = { "Content-Type": "application/json" };
    const { status, text } = await api("POST", "/up/v5/entityToken", {
      token: tenant.token,
      body,
      headers,
    });
    expect(status, text).toBe(200);
  });

  test("of 33 levels is 400, 200,000 levels too; 32 are read", async ({ api, masterToken }) => {
    const nested = (levels: number) => "[".repeat(levels) + "]".repeat(levels);
    const headers = { "Content-Type": "application/json" };
    for (const [method, path] of bodyRoutes) {
      const token = takesBearer(path) ? masterToken : undefined;
      for (const body of [
        nested(33),
        `{"Name":${nested(32)}}`,
        nested(30_000),
        "[".repeat(60_000),
      ]) {
        const answer = await api(method, path, { token, body, headers });
        expectError(answer, 400, "invalid_json");
      }
      const read = await api(method, path, { token, body: nested(32), headers });
      expectError(read, 400, "invalid_request");
    }
  });

  test("of another type, not UTF-8 or not JSON is 415 or 400", async ({ api, masterToken }) => {
    for (const [method, path] of bodyRoutes) {
      const send = (type: string | undefined, body: string | Uint8Array<ArrayBuffer>) =>
        api(method, path, {
          token: takesBearer(path) ? masterToken : undefined,
          body: body as BodyInit,
          headers: type ? { "Content-Type": type } : {},
        });
      for (const type of ["text/plain", "application/x-www-form-urlencoded", "application/jsonp"]) {
        expectError(await send(type, "{}"), 415, "unsupported_media_type");
      }
      for (const body of ["", "{", "{'a':1}", '{"a":1,}', "NaN", "\ufeff{}x"]) {
        expectError(await send("application/json", body), 400, "invalid_json");
      }
      const latin = new Uint8Array([0x22, 0xff, 0x22]);
      expectError(await send("application/json; charset=utf-8", latin), 400, "invalid_json");
      for (const body of ["null", "[]", "1", '"x"', '{"__proto__":{"Name":"x"}}']) {
        expectError(await send("application/json", body), 400, "invalid_request");
      }
    }
  });
});
