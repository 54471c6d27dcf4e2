import { apiOf } from "@/e2e/support/call";
import { expectError } from "@/e2e/support/expect-error";
import { callFrom } from "@/e2e/support/raw";
import { startServer, type TestServer } from "@/e2e/support/server";
import { expect, test } from "@/e2e/support/test";
import { generateSecret } from "@/lib/credentials/secret-format";

const proxy = "127.0.0.2";

/** Two workers, so that a limit that each of them had for itself would show. */
const limited = test.extend<object, { strict: TestServer; strictMaster: string }>({
  strict: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from it.
    async ({}, use) => {
      const server = await startServer({
        env: {
          WEB_CONCURRENCY: "2",
          BROKER_BAD_CREDENTIALS_PER_MINUTE: "20",
          BROKER_TOKENS_PER_TENANT: "8",
          BROKER_TOKENS_ISSUED_PER_MINUTE: "12",
          BROKER_TRUSTED_PROXIES: proxy,
        },
      });
      await use(server);
      await server.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  strictMaster: [
    async ({ strict }, use) => {
      const scopes = "broker tokens:manage tenants:manage";
      const args = ["--tenant", "master", "--name", "Limits", "--scopes", scopes];
      await use((await strict.broker("tokens", "issue", ...args)).JWT);
    },
    { scope: "worker" },
  ],
});

const unknown = () => generateSecret("sbat_");

limited.describe("bad credentials from one address", () => {
  limited.skip(process.platform !== "linux", "needs all of 127.0.0.0/8");

  async function statuses(server: TestServer, from: string, count: number, forwarded?: string) {
    const all = [];
    for (let i = 0; i < count; i++) {
      // Malformed and unknown by turns, on verify and on a route behind Next.
      const token = i % 2 ? unknown() : "garbage";
      const path = i % 3 ? "/up/v5/verify" : "/up/v5/entityToken";
      const headers = {
        Authorization: `Bearer ${token}`,
        ...(forwarded ? { "X-Forwarded-For": forwarded.replace("#", String(i)) } : {}),
      };
      all.push(await callFrom(from, server.url + path, headers));
    }
    return all;
  }

  limited(
    "get 429 with Retry-After beyond the limit, whichever worker answers",
    async ({ strict }) => {
      const all = await statuses(strict, "127.0.1.1", 40);
      expect(all.slice(0, 20).map(({ status }) => status)).toEqual(Array(20).fill(401));
      expect(all.slice(20).map(({ status }) => status)).toEqual(Array(20).fill(429));
      for (const { retryAfter } of all.slice(20)) {
        expect(Number(retryAfter)).toBeGreaterThan(0);
        expect(Number(retryAfter)).toBeLessThanOrEqual(60);
      }
    },
  );

  limited(
    "leave a good credential, a revoked one and none at all as they are",
    async ({ strict, strictMaster }) => {
      const good = await apiOf(strict.url)("POST", "/up/v5/entityToken", {
        token: strictMaster,
        json: { Name: "To be revoked" },
      });
      const { Id, JWT } = good.body;
      await apiOf(strict.url)("DELETE", `/up/v5/entityToken/${Id}`, { token: strictMaster });
      const from = "127.0.1.2";
      expect((await statuses(strict, from, 25)).at(-1)?.status).toBe(429);
      const verify = `${strict.url}/up/v5/verify`;
      const call = (headers: Record<string, string>) => callFrom(from, verify, headers);
      for (let i = 0; i < 4; i++) {
        expect(await call({ Authorization: `Bearer ${strictMaster}` })).toMatchObject({
          status: 200,
        });
        expect(await call({ Authorization: `Bearer ${JWT}` })).toMatchObject({ status: 401 });
        expect(await call({})).toMatchObject({ status: 401 });
      }
    },
  );

  limited("do not count against another address", async ({ strict }) => {
    expect((await statuses(strict, "127.0.1.3", 25)).at(-1)?.status).toBe(429);
    expect((await statuses(strict, "127.0.1.4", 1)).at(-1)?.status).toBe(401);
  });

  limited("a spoofed X-Forwarded-For changes nothing", async ({ strict }) => {
    const all = await statuses(strict, "127.0.1.5", 25, "203.0.113.#");
    expect(all.map(({ status }) => status)).toEqual([
      ...Array(20).fill(401),
      ...Array(5).fill(429),
    ]);
  });

  limited("behind a configured proxy, count against who is behind it", async ({ strict }) => {
    const spread = await statuses(strict, proxy, 25, "203.0.113.#");
    expect(spread.map(({ status }) => status)).toEqual(Array(25).fill(401));
    const one = await statuses(strict, proxy, 25, "198.51.100.#, 192.0.2.7");
    expect(one.at(-1)?.status).toBe(429);
  });
});

limited.describe("tokens of one Tenant", () => {
  async function makeTenant(server: TestServer, master: string) {
    const { body } = await apiOf(server.url)("POST", "/up/v5/entity", {
      token: master,
      json: { Name: "Limited", Email: "it@tenant.example" },
    });
    return body.DefaultToken.JWT as string;
  }

  limited(
    "409 beyond the limit of live ones, under concurrency exactly",
    async ({ strict, strictMaster }) => {
      const token = await makeTenant(strict, strictMaster);
      const api = apiOf(strict.url);
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, i) =>
          api("POST", "/up/v5/entityToken", { token, json: { Name: `System ${i}` } }),
        ),
      );
      const made = answers.filter(({ status }) => status === 200);
      expect(made).toHaveLength(7);
      for (const answer of answers.filter(({ status }) => status !== 200)) {
        expectError(answer, 409, "conflict");
      }
      const { body } = await api("GET", "/up/v5/entityToken", { token });
      expect(body).toHaveLength(8);

      await api("DELETE", `/up/v5/entityToken/${made[0]?.body.Id}`, { token });
      const again = await api("POST", "/up/v5/entityToken", { token, json: { Name: "Again" } });
      expect(again.status).toBe(200);
    },
  );

  limited(
    "429 with Retry-After beyond those issued in a minute; another Tenant goes on",
    async ({ strict, strictMaster }) => {
      const [token, other] = [
        await makeTenant(strict, strictMaster),
        await makeTenant(strict, strictMaster),
      ];
      const api = apiOf(strict.url);
      const issue = (by: string) =>
        api("POST", "/up/v5/entityToken", { token: by, json: { Name: "System" } });
      // The default token was the first of twelve.
      for (let i = 0; i < 11; i++) {
        const { status, body, text } = await issue(token);
        expect(status, text).toBe(200);
        await api("DELETE", `/up/v5/entityToken/${body.Id}`, { token });
      }
      const refused = await issue(token);
      expectError(refused, 429, "too_many_requests");
      expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
      expect((await issue(other)).status).toBe(200);
      expect((await api("GET", "/up/v5/verify", { token })).status).toBe(200);
    },
  );
});
