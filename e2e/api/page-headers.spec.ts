import { apiOf } from "@/e2e/support/call";
import { startServer } from "@/e2e/support/server";
import { expect, test } from "@/e2e/support/test";

const nonceOf = (policy: string | null) => policy?.match(/'nonce-([^']+)'/)?.[1];

test.describe("the headers of a page", () => {
  test("let only scripts run that carry the answer's own nonce", async ({ api }) => {
    const pages = [await api("GET", "/docs"), await api("GET", "/docs")];
    const nonces = pages.map(({ headers, text }) => {
      const nonce = nonceOf(headers.get("content-security-policy"));
      expect(nonce).toMatch(/^[A-Za-z0-9+/]{22}==$/);
      const scripts = text.match(/<script\b[^>]*>/g) ?? [];
      expect(scripts.length).toBeGreaterThan(0);
      for (const script of scripts) expect(script).toContain(`nonce="${nonce}"`);
      return nonce;
    });
    expect(nonces[0]).not.toBe(nonces[1]);
  });

  test("forbid framing, sniffing, foreign bases and plugins, by whatever name", async ({ api }) => {
    for (const path of ["/docs", "/no-such-page"]) {
      const { headers } = await api("GET", path);
      const policy = headers.get("content-security-policy");
      for (const rule of [
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "object-src 'none'",
        "form-action 'self'",
      ]) {
        expect(policy, path).toContain(rule);
      }
      expect(policy).not.toContain("unsafe-eval");
      expect(headers.get("x-frame-options")).toBe("DENY");
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("referrer-policy")).toBe("same-origin");
      expect(headers.get("permissions-policy")).toContain("geolocation=()");
      expect(headers.get("cross-origin-opener-policy")).toBe("same-origin");
    }
  });

  test("demand https for two years where people reach us by https, and only there", async ({
    api,
  }) => {
    const plain = await api("GET", "/docs");
    expect(plain.headers.get("strict-transport-security")).toBeNull();
    const server = await startServer({ env: { BROKER_PUBLIC_URL: "https://broker.example.com" } });
    const { headers } = await apiOf(server.url)("GET", "/docs");
    expect(headers.get("strict-transport-security")).toContain("max-age=63072000");
    expect(headers.get("content-security-policy")).toContain("upgrade-insecure-requests");
    await server.stop();
  });
});

test.describe("scripts of the build", () => {
  test("are sent in Brotli where it is taken, the same as without, for a year", async ({
    server,
    api,
  }) => {
    const { text } = await api("GET", "/docs");
    const path = text.match(/\/_next\/static\/chunks\/[^"]+\.js/)?.[0] as string;
    const get = (encoding: string, method = "GET") =>
      fetch(server.url + path, { method, headers: { "Accept-Encoding": encoding } });
    const [brotli, gzip, none] = await Promise.all([
      get("gzip, deflate, br"),
      get("gzip, br;q=0"),
      get("identity"),
    ]);
    expect(brotli.headers.get("content-encoding")).toBe("br");
    expect(gzip.headers.get("content-encoding")).toBe("gzip");
    expect(none.headers.get("content-encoding")).toBeNull();
    const [a, b, c] = await Promise.all([brotli.text(), gzip.text(), none.text()]);
    expect(a).toBe(c);
    expect(b).toBe(c);
    for (const { status, headers } of [brotli, gzip, none]) {
      expect(status).toBe(200);
      expect(headers.get("cache-control")).toMatch(/^public, ?max-age=31536000, ?immutable$/);
      expect(headers.get("content-type")).toMatch(/javascript/);
    }
    expect(brotli.headers.get("vary")).toMatch(/accept-encoding/i);
    expect(brotli.headers.get("x-content-type-options")).toBe("nosniff");
    expect((await get("br", "HEAD")).status).toBe(200);
    expect((await get("br", "POST")).status).not.toBe(200);
  });

  test("lead nowhere else", async ({ server }) => {
    for (const path of [
      "/_next/static/../server/app-paths-manifest.json",
      "/_next/static/%2e%2e/server/app-paths-manifest.json",
      "/_next/static/..%2fprograms%2fworker.mjs",
      "/_next/static/nothing.js",
    ]) {
      const answer = await fetch(server.url + path, { headers: { "Accept-Encoding": "br" } });
      expect(answer.status, path).toBe(404);
    }
  });
});
