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
