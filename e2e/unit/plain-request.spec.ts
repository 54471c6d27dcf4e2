import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { type AddressInfo, connect } from "node:net";
import fc from "fast-check";
import { readPlainRequest } from "@/bin/plain-request";
import { expect, test } from "@/e2e/support/test";

const read = (bytes: Buffer) => readPlainRequest(bytes, bytes.length);
const plain = (...lines: string[]) => Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1");

test.describe("a plain request", () => {
  test("is read: target, credential, and what else the server asks for", () => {
    const request = read(
      plain(
        "GET /up/v5/verify?scope=broker HTTP/1.1",
        "hOST: broker.example",
        "Authorization:  Bearer a b\t ",
        "User-Agent:",
        "X-Request-Id: r-1",
        "X-Forwarded-For: 10.0.0.1, 10.0.0.2",
        "Connection: Keep-Alive",
        "Accept: */*",
      ),
    );
    expect({ ...request }).toEqual({
      target: "/up/v5/verify?scope=broker",
      host: "broker.example",
      authorization: "Bearer a b",
      userAgent: "",
      requestId: "r-1",
      forwardedFor: "10.0.0.1, 10.0.0.2",
    });
  });

  const line = "GET /up/v5/verify HTTP/1.1";
  for (const [what, bytes] of Object.entries({
    "no Host": plain(line, "Accept: */*"),
    "two of Host": plain(line, "Host: a", "Host: a"),
    "two of Authorization": plain(line, "Host: a", "Authorization: Bearer a", "authorization: b"),
    "a length": plain(line, "Host: a", "Content-Length: 0"),
    "a transfer coding": plain(line, "Host: a", "Transfer-Encoding: chunked"),
    "an upgrade": plain(line, "Host: a", "Connection: upgrade", "Upgrade: h2c"),
    "an expectation": plain(line, "Host: a", "Expect: 100-continue"),
    "an end": plain(line, "Host: a", "Connection: close"),
    "another method": plain("POST /up/v5/verify HTTP/1.1", "Host: a"),
    "another version": plain("GET /up/v5/verify HTTP/1.0", "Host: a"),
    "an encoded path": plain("GET /up/v5/%76erify HTTP/1.1", "Host: a"),
    "a whole address": plain("GET http://a/up/v5/verify HTTP/1.1", "Host: a"),
    "a folded line": plain(line, "Host: a", "Accept: a", " b"),
    "a space before the colon": plain(line, "Host : a"),
    "bytes beyond ASCII": plain(line, "Host: a", "User-Agent: \xe9"),
    "a lone line feed": Buffer.from(`${line}\nHost: a\n\n`),
    "half of it": plain(line, "Host: a").subarray(0, -1),
    "two of them": Buffer.concat([plain(line, "Host: a"), plain(line, "Host: a")]),
    "bytes after it": Buffer.concat([plain(line, "Host: a"), Buffer.from("x")]),
    "no end of it": plain(line, "Host: a", `Authorization: Bearer ${"x".repeat(11_000)}`),
  })) {
    test(`with ${what} is none, and left to Node`, () => {
      expect(read(bytes)).toBeNull();
    });
  }

  test("ends where the bytes that came end, whatever the buffer holds beyond them", () => {
    const bytes = plain(line, "Host: a");
    const longer = Buffer.concat([bytes, Buffer.from("of another caller")]);
    expect(readPlainRequest(longer, bytes.length)?.host).toBe("a");
    expect(readPlainRequest(longer, bytes.length - 1)).toBeNull();
  });
});

/** What Node's own server reads of bytes; null where it is not exactly one request without a body. */
async function openReader() {
  let seen: IncomingMessage[] = [];
  let bodies = 0;
  const server = createServer({ requireHostHeader: false }, (request, response) => {
    seen.push(request);
    request.on("data", () => bodies++).on("end", () => response.end());
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    async read(bytes: Buffer): Promise<IncomingMessage | null> {
      [seen, bodies] = [[], 0];
      const socket = connect(port, "127.0.0.1");
      socket.on("error", () => {});
      socket.end(bytes);
      let answered = "";
      for await (const chunk of socket.setEncoding("latin1")) answered += chunk;
      const whole = seen.length === 1 && bodies === 0 && answered.startsWith("HTTP/1.1 200");
      return whole ? (seen[0] as IncomingMessage) : null;
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

test("whatever is read as a plain request, Node's parser reads alike", async () => {
  const usual = fc.constantFrom(
    ...[
      "Authorization: Bearer x",
      "User-Agent:\tcurl",
      "X-Request-Id: 1",
      "Accept: a,\tb ",
      "DNT:",
    ],
    ...[
      "Connection: keep-alive",
      "X-Forwarded-For: 1.1.1.1, 2.2.2.2",
      "authorization:Basic eA==  ",
    ],
  );
  const unusual = fc.constantFrom(
    ...["Host: b", "Connection: close", "Content-Length: 0", "Content-Length: 4", " folded", ": a"],
    ...["Transfer-Encoding: chunked", "Expect: x", "A\x00: b", "Upgrade: h2c", "TE: trailers", ""],
    ...["Authorization : Bearer y", "Accept: \x7f", "X: a\rb"],
  );
  const line = fc.oneof(
    { weight: 12, arbitrary: fc.tuple(usual, fc.constant("\r\n")) },
    { weight: 2, arbitrary: fc.tuple(unusual, fc.constant("\r\n")) },
    { weight: 1, arbitrary: fc.tuple(fc.string({ maxLength: 12 }), fc.constant("\r\n")) },
    { weight: 1, arbitrary: fc.tuple(usual, fc.constantFrom("\n", "\r", "\r\n\r\n", "")) },
  );
  const lines = fc.array(line, { minLength: 1, maxLength: 6 });
  const target = fc.constantFrom(
    "/a",
    "/a?b=c",
    "/",
    "/'\"<>",
    "//",
    "*",
    "/a b",
    "/\x7f",
    "/a%20b",
  );
  const end = fc.constantFrom("\r\n", "\r\n", "\r\n", "\n", "\r", "\r\n\r\n", "\r\nx");
  const request = fc
    .tuple(target, lines, end)
    .map(([path, parts, last]) =>
      Buffer.from(
        `GET ${path} HTTP/1.1\r\nHost: a\r\n${parts.map(([text, stop]) => text + stop).join("")}${last}`,
        "latin1",
      ),
    );
  const reader = await openReader();
  let plainOnes = 0;
  const property = fc.asyncProperty(request, async (bytes) => {
    const ours = read(bytes);
    if (!ours) return;
    plainOnes++;
    const theirs = await reader.read(bytes);
    expect(theirs && [theirs.method, theirs.url]).toEqual(["GET", ours.target]);
    const { host, authorization, ...others } = theirs?.headers ?? {};
    expect([host, authorization]).toEqual([ours.host, ours.authorization]);
    expect(others["user-agent"]).toBe(ours.userAgent);
    expect(others["x-request-id"]).toBe(ours.requestId);
    expect(others["x-forwarded-for"]).toBe(ours.forwardedFor);
  });
  await fc.assert(property, { numRuns: 3_000 }).finally(() => reader.close());
  expect(plainOnes).toBeGreaterThan(150);
});
