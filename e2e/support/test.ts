import { randomBytes } from "node:crypto";
import { test as base } from "@playwright/test";
import { type Api, apiOf } from "./call";
import { startServer, type TestServer } from "./server";

/** A Tenant of the test's own, with its default token (scopes `broker tokens:manage`). */
export type TestTenant = { entityId: string; name: string; token: string; tokenId: string };

type Fixtures = {
  /** Calls the worker's server. */
  api: Api;
  /** Makes a Tenant; `json` goes into the body of its creation. */
  provision: (json?: Record<string, unknown>) => Promise<TestTenant>;
  tenant: TestTenant;
  /** Issues another token to a Tenant, by its default token: the token object. */
  issue: (tenant: TestTenant, json?: Record<string, unknown>) => Promise<IssuedToken>;
};

type WorkerFixtures = {
  /** One real server for all tests of a worker: each makes its own Tenant. */
  server: TestServer;
  /** A token of the master Tenant that may do all that its Tenant may. */
  masterToken: string;
};

/** The System Access Token object of contract §2, as far as tests need its fields. */
export type IssuedToken = { Id: string; EntityId: string; JWT: string; Name: string };

export const test = base.extend<Fixtures, WorkerFixtures>({
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from it.
    async ({}, use) => {
      const server = await startServer();
      await use(server);
      await server.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],

  masterToken: [
    async ({ server }, use) => {
      const scopes = "broker tokens:manage audit:read introspect tenants:manage";
      const args = ["--tenant", "master", "--name", "Tests", "--scopes", scopes];
      await use((await server.broker("tokens", "issue", ...args)).JWT);
    },
    { scope: "worker", timeout: 60_000 },
  ],

  api: async ({ server }, use) => {
    await use(apiOf(server.url));
  },

  provision: async ({ api, masterToken }, use) => {
    await use(async (json = {}) => {
      const name = `Tenant ${randomBytes(4).toString("hex")}`;
      const { status, body, text } = await api("POST", "/up/v5/entity", {
        token: masterToken,
        json: { Name: name, Email: "it@tenant.example", ...json },
      });
      if (status !== 200) throw new Error(`POST /up/v5/entity answered ${status}: ${text}`);
      const { EntityId, Name, DefaultToken } = body;
      return { entityId: EntityId, name: Name, token: DefaultToken.JWT, tokenId: DefaultToken.Id };
    });
  },

  tenant: async ({ provision }, use) => {
    await use(await provision());
  },

  issue: async ({ api }, use) => {
    await use(async (tenant, json = {}) => {
      const { status, body, text } = await api("POST", "/up/v5/entityToken", {
        token: tenant.token,
        json: { Name: "ServiceScheduling", ...json },
      });
      if (status !== 200) throw new Error(`POST /up/v5/entityToken answered ${status}: ${text}`);
      return body;
    });
  },
});

export { expect } from "@playwright/test";
