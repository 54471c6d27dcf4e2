import { randomUUID } from "node:crypto";
import type { TestTenant } from "./test";

/** One call of the bearer API, as a request that would succeed but for what a test changes. */
export type Endpoint = {
  method: string;
  /** The path as the contract writes it. */
  name: string;
  /** The scope that it demands; undefined where any good credential may call it. */
  scope?: string;
  /** What the id in its path is of; undefined where there is none. */
  of?: "token" | "Tenant";
  json?: Record<string, unknown>;
  /** Methods that its path answers. */
  allow: string;
  /** Only the master Tenant may call it. */
  master?: true;
};

const TOKENS = { name: "/up/v5/entityToken", allow: "GET, POST, HEAD" };
const TOKEN = {
  name: "/up/v5/entityToken/{id}",
  allow: "GET, PUT, DELETE, HEAD",
  of: "token",
} as const;
const ENTITY = {
  name: "/up/v5/entity/{id}",
  allow: "GET, PUT, DELETE, HEAD",
  of: "Tenant",
} as const;

/** Every endpoint of contract §3, §5 (verify) and §6. */
export const ENDPOINTS: Endpoint[] = [
  { ...TOKENS, method: "GET", scope: "tokens:read" },
  { ...TOKENS, method: "POST", scope: "tokens:manage", json: { Name: "New" } },
  { ...TOKEN, method: "GET", scope: "tokens:read" },
  { ...TOKEN, method: "PUT", scope: "tokens:manage", json: { Name: "Renamed" } },
  { ...TOKEN, method: "DELETE", scope: "tokens:manage" },
  {
    method: "POST",
    name: "/up/v5/entityToken/{id}/replace",
    allow: "POST",
    of: "token",
    scope: "tokens:manage",
    json: { OverlapSeconds: 0 },
  },
  {
    method: "POST",
    name: "/up/v5/entity",
    allow: "POST",
    scope: "tenants:manage",
    json: { Name: "New", Email: "it@new.example" },
    master: true,
  },
  { ...ENTITY, method: "GET" },
  { ...ENTITY, method: "PUT", scope: "tokens:manage", json: { Desc: "Changed" } },
  { ...ENTITY, method: "DELETE", scope: "tenants:manage", master: true },
  { method: "GET", name: "/up/v5/verify", allow: "GET, POST, HEAD" },
  { method: "POST", name: "/up/v5/verify", allow: "GET, POST, HEAD" },
];

/** The path of an endpoint with an id in its place: a random one unless told. */
export const pathOf = ({ name }: Endpoint, id: string = randomUUID()) => name.replace("{id}", id);

/** The id of a thing of this Tenant that the endpoint is about. */
export const idOf = ({ of }: Endpoint, tenant: TestTenant) =>
  of === "token" ? tenant.tokenId : tenant.entityId;

export const titleOf = ({ method, name }: Endpoint) => `${method} ${name}`;
