import { randomUUID } from "node:crypto";
import { oneConnection, rawCall } from "@/e2e/support/call";
import { ENDPOINTS, idOf, pathOf, titleOf } from "@/e2e/support/endpoints";
import { expectError, expectSame } from "@/e2e/support/expect-error";
import { expect, test } from "@/e2e/support/test";
import { generateSecret } from "@/lib/credentials/secret-format";

const CHALLENGE = 'Bearer realm="ServiceBroker"';
const INVALID = `${CHALLENGE}, error="invalid_token"`;

for (const endpoint of ENDPOINTS) {
  const { method, json } = endpoint;

  test.describe(titleOf(endpoint), () => {
    test("401 with a bare challenge without a credential", async ({ api, tenant }) => {
      const answer = await api(method, pathOf(endpoint, idOf(endpoint, tenant)), { json });
      expectError(answer, 401, "unauthenticated");
      expect(answer.headers.get("www-authenticate")).toBe(CHALLENGE);
    });

    test("401 invalid_token, always the same, for a credential that is not good", async ({
      api,
      tenant,
      issue,
    }) => {
      const path = pathOf(endpoint, idOf(endpoint, tenant));
      const revoked = await issue(tenant);
      await api("DELETE", `/up/v5/entityToken/${revoked.Id}`, { token: tenant.token });
      const unknown = await api(method, path, { token: generateSecret("sbat_"), json });
      expectError(unknown, 401, "invalid_token");
      expect(unknown.headers.get("www-authenticate")).toBe(INVALID);
      const wrongChecksum = `${tenant.token.slice(0, -1)}${tenant.token.endsWith("0") ? 1 : 0}`;
      for (const token of [
        revoked.JWT,
        wrongChecksum,
        "x",
        `sbcs_${tenant.token.slice(5)}`,
        "x".repeat(9000),
      ]) {
        expectSame(await api(method, path, { token, json }), unknown);
      }
    });

    test("405 for another method, naming those that there are", async ({ api, tenant }) => {
      const answer = await api("PATCH", pathOf(endpoint), { token: tenant.token });
      expectError(answer, 405, "method_not_allowed");
      const allowed = answer.headers.get("allow")?.split(", ").sort().join(", ");
      expect(allowed).toBe(endpoint.allow.split(", ").sort().join(", "));
    });

    test("a credential in a cookie, in the query or as Basic is never honoured", async ({
      api,
      tenant,
    }) => {
      const path = pathOf(endpoint, idOf(endpoint, tenant));
      const { token } = tenant;
      const basic = Buffer.from(`:${token}`).toString("base64");
      for (const headers of <Record<string, string>[]>[
        { Cookie: `token=${token}; Authorization=Bearer%20${token}` },
        { Authorization: `Basic ${basic}` },
        { Authorization: token },
      ]) {
        expectError(await api(method, path, { json, headers }), 401, "unauthenticated");
      }
      const inQuery = await api(method, `${path}?access_token=${token}`, { json });
      expectError(inQuery, 400, "invalid_request");
      const both = await api(method, `${path}?access_token=${token}`, { token, json });
      expectError(both, 400, "invalid_request");
    });

    test("400 for more than one Authorization header", async ({ server, tenant }) => {
      const path = pathOf(endpoint, idOf(endpoint, tenant));
      const good = `Authorization: Bearer ${tenant.token}`;
      for (const other of [good, "authorization: Bearer x", "AUTHORIZATION: "]) {
        const answer = await rawCall(server.url, [
          `${method} ${path} HTTP/1.1`,
          good,
          other,
          "Content-Length: 0",
        ]);
        expectError(answer, 400, "invalid_request");
      }
    });

    if (endpoint.scope) {
      test(`403 insufficient_scope without ${endpoint.scope}`, async ({ api, tenant, issue }) => {
        const { JWT } = await issue(tenant, { Scopes: ["broker"] });
        const answer = await api(method, pathOf(endpoint, idOf(endpoint, tenant)), {
          token: JWT,
          json,
        });
        expectError(answer, 403, "insufficient_scope");
        expect(answer.headers.get("www-authenticate")).toBe(
          `${CHALLENGE}, error="insufficient_scope", scope="${endpoint.scope}"`,
        );
      });
    }

    if (endpoint.of) {
      test(`another Tenant's ${endpoint.of} answers exactly as a random id does`, async ({
        api,
        tenant,
        provision,
      }) => {
        const other = await provision();
        const sent = { token: tenant.token, json };
        const foreign = await api(method, pathOf(endpoint, idOf(endpoint, other)), sent);
        const random = await api(method, pathOf(endpoint, randomUUID()), sent);
        expectSame(foreign, random);
        if (endpoint.master) expectError(foreign, 403, "insufficient_scope");
        else expectError(foreign, 404, "not_found");
      });
    }

    if (endpoint.of && !endpoint.master) {
      test("404 for an id that is none", async ({ api, tenant }) => {
        for (const id of ["1", "null", "%00", "..%2f", "' or 1=1 --", "x".repeat(2000)]) {
          const sent = { token: tenant.token, json };
          expectError(await api(method, pathOf(endpoint, encodeURI(id)), sent), 404, "not_found");
        }
      });
    }

    if (json) {
      const deep = (levels: number) => `${"[".repeat(levels)}${"]".repeat(levels)}`;

      for (const [what, status, code, headers, body] of [
        ["no media type", 415, "unsupported_media_type", {}, "{}"],
        ["text", 415, "unsupported_media_type", { "Content-Type": "text/plain" }, "{}"],
        [
          "a form",
          415,
          "unsupported_media_type",
          { "Content-Type": "application/x-www-form-urlencoded" },
          "a=b",
        ],
        ["malformed JSON", 400, "invalid_json", undefined, '{"Name":'],
        ["no body at all", 400, "invalid_json", undefined, ""],
        ["bytes that are not UTF-8", 400, "invalid_json", undefined, "\xff"],
        ["33 levels", 400, "invalid_json", undefined, deep(33)],
        ["200,000 levels", 413, "payload_too_large", undefined, deep(200_000)],
        ["a list", 400, "invalid_request", undefined, "[]"],
        ["null", 400, "invalid_request", undefined, "null"],
        [
          "more than 64 KiB",
          413,
          "payload_too_large",
          undefined,
          `{"Name":"${"x".repeat(65_536)}"}`,
        ],
      ] as const) {
        test(`${status} for a body of ${what}`, async ({ api, tenant, masterToken }) => {
          const token = endpoint.master ? masterToken : tenant.token;
          const answer = await api(method, pathOf(endpoint, idOf(endpoint, tenant)), {
            token,
            headers: headers ?? { "Content-Type": "application/json" },
            body: Buffer.from(body, "latin1"),
          });
          expectError(answer, status, code);
        });
      }

      test("413 counts bytes: a length that is missing changes nothing", async ({
        server,
        tenant,
        masterToken,
      }) => {
        const chunk = "x".repeat(0x8000);
        const answer = await rawCall(
          server.url,
          [
            `${method} ${pathOf(endpoint, idOf(endpoint, tenant))} HTTP/1.1`,
            `Authorization: Bearer ${endpoint.master ? masterToken : tenant.token}`,
            "Content-Type: application/json",
            "Transfer-Encoding: chunked",
          ],
          `${`8000\r\n${chunk}\r\n`.repeat(3)}0\r\n\r\n`,
        );
        expectError(answer, 413, "payload_too_large");
      });

      test("400 names every field that it doesn't know", async ({ api, tenant, masterToken }) => {
        const answer = await api(method, pathOf(endpoint, idOf(endpoint, tenant)), {
          token: endpoint.master ? masterToken : tenant.token,
          json: { ...json, Colour: "red", jwt: "x" },
        });
        expectError(answer, 400, "invalid_request", ["Colour", "jwt"]);
      });

      test("takes application/json with a character set", async ({ api, tenant, masterToken }) => {
        const answer = await api(method, pathOf(endpoint, idOf(endpoint, tenant)), {
          token: endpoint.master ? masterToken : tenant.token,
          headers: { "Content-Type": "Application/JSON; charset=utf-8" },
          body: JSON.stringify(json),
        });
        expect(answer.status, answer.text).toBe(200);
      });
    }
  });
}

test.describe("a path of /up/v5 that there isn't", () => {
  for (const path of ["/up/v5/nothing", "/up/v5/entityToken/1/2/3", "/up/v5/verify/x"]) {
    test(`404 in the Standard Response Object for ${path}`, async ({ api, tenant }) => {
      expectError(await api("GET", path, { token: tenant.token }), 404, "not_found");
    });
  }
});

test.describe("what HTTP allows and we don't", () => {
  for (const [what, line] of [
    ["TRACE", "TRACE /up/v5/verify HTTP/1.1"],
    ["a WebDAV method", "PROPFIND /up/v5/entityToken HTTP/1.1"],
  ] as const) {
    test(`405 for ${what}`, async ({ server }) => {
      expectError(await rawCall(server.url, [line]), 405, "method_not_allowed");
    });
  }

  test("400 for a target that is a whole URL", async ({ server, tenant }) => {
    const answer = await rawCall(server.url, [
      "GET http://elsewhere.example/up/v5/verify HTTP/1.1",
      `Authorization: Bearer ${tenant.token}`,
    ]);
    expectError(answer, 400, "invalid_request");
  });
});

test.describe("a connection that is kept alive", () => {
  for (const [what, method, path, headers] of [
    ["a body that is too large", "POST", "/up/v5/entityToken", {}],
    [
      "a media type that isn't ours",
      "POST",
      "/up/v5/entityToken",
      { "Content-Type": "text/plain" },
    ],
    ["a method that isn't there", "PATCH", "/up/v5/entityToken", {}],
    ["a body that nobody asked for", "POST", "/up/v5/verify", {}],
    ["no credential", "POST", "/up/v5/entityToken", { Authorization: "" }],
  ] as const) {
    test(`serves the next call after ${what}`, async ({ server, tenant }) => {
      const call = oneConnection(server.url);
      const { token } = tenant;
      for (const size of [100_000, 500_000]) {
        const first = await call(method, path, { token, headers, body: "[".repeat(size) });
        expect(first.text).toContain('"');
        expect(await call("GET", "/up/v5/entityToken", { token })).toMatchObject({ status: 200 });
      }
      call.close();
    });
  }
});
