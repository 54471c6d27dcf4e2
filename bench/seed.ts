import { createHash } from "node:crypto";
import postgres from "postgres";
import { migrate } from "@/db/migrate";
import { generateSecret, hashSecret, hintOf } from "@/lib/credentials/secret-format";

/** What the load generator knows of a seeded database. */
export type Seeded = {
  url: string;
  /** Secrets of tokens that are good, spread over all Tenants. */
  tokens: string[];
  revoked: string[];
  /** One client that may have JWTs. */
  client: { id: string; secret: string; tenantId: string };
  /** Secret of a token with `tokens:read`, by how many tokens its Tenant has. */
  readers: Map<number, string>;
};

const tenants = 1_000;
const uuidOf = (kind: number, index: number) =>
  `00000000-000${kind}-4000-8000-${index.toString(16).padStart(12, "0")}`;
/** The same secrets in every database of a run: reproducible, and good for nothing else. */
const secretOf = (name: string, index: number) =>
  generateSecret("sbat_", createHash("sha256").update(`bench ${name} ${index}`).digest());

/**
 * Makes a database with `count` tokens in 1,000 Tenants. The secrets of the first `known` are known,
 * those of the Systems that call (the rest are hashes of numbers, so that an index look-up is as deep
 * as it would be).
 */
export async function seed(
  admin: string,
  name: string,
  count: number,
  known = Math.min(count, 20_000),
): Promise<Seeded> {
  const url = new URL(admin);
  url.pathname = `/${name}`;
  const maker = postgres(admin, { max: 1, onnotice: () => {} });
  await maker.unsafe(`create database ${name}`);
  await maker.end();
  await migrate(url.href);
  const sql = postgres(url.href, { max: 1, onnotice: () => {} });
  const tokens = Array.from({ length: known }, (_, index) => secretOf("good", index));
  const revoked = Array.from({ length: 500 }, (_, index) => secretOf("revoked", index));
  try {
    // No triggers: what refers to what is right as it is made here.
    await sql`set session_replication_role = replica`;
    await sql`insert into tenants (id, name, email, sid)
      select ('00000000-0001-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'Tenant ' || n, 'it@example.com', 'bench-' || n
      from generate_series(0, ${tenants - 1}::int) n`;
    await insertTokens(sql, tokens, (index) => uuidOf(1, index % tenants), false);
    await insertTokens(sql, revoked, (index) => uuidOf(1, index % tenants), true);
    await withoutIndexes(sql, "tokens", () => insertUnknown(sql, known, count));
    const readers = new Map<number, string>();
    for (const size of [3, 300, 1_000]) readers.set(size, await seedReader(sql, size));
    const client = await seedClient(sql);
    await sql`vacuum analyze`;
    return { url: url.href, tokens, revoked, readers, client };
  } finally {
    await sql.end();
  }
}

/** Tokens that nobody knows: hashes of numbers, in place of those of secrets. */
async function insertUnknown(sql: postgres.Sql, from: number, to: number): Promise<void> {
  await sql`insert into tokens (id, tenant_id, name, token_hash, hint, scopes)
    select uuidv7(), ids[n % ${tenants} + 1], 'System', sha256(int8send(n)), 'sbat_…rest', '{broker}'
    from (select array_agg(id order by id) as ids from tenants) as t,
      generate_series(${from}::int8, ${to - 1}::int8) as n`;
}

/** Makes the indexes of a table anew afterwards: a million rows are in them in a quarter of the time. */
async function withoutIndexes(
  sql: postgres.Sql,
  table: string,
  work: () => Promise<void>,
): Promise<void> {
  const indexes = await sql<{ name: string; definition: string }[]>`
    select indexname as name, indexdef as definition from pg_indexes
    where tablename = ${table} and indexname not in (select conname from pg_constraint)`;
  for (const { name } of indexes) await sql`drop index ${sql(name)}`;
  await work();
  for (const { definition } of indexes) await sql.unsafe(definition);
}

async function seedClient(sql: postgres.Sql): Promise<Seeded["client"]> {
  const [id, uuid] = ["sbcl_benchbenchbenchbench01", uuidOf(3, 1)];
  const digest = createHash("sha256").update("bench client").digest();
  const secret = generateSecret("sbcs_", digest);
  await sql`insert into clients (id, tenant_id, client_id, name, scopes)
    values (${uuid}, ${uuidOf(1, 1)}, ${id}, 'System', '{broker,introspect}')`;
  await sql`insert into client_secrets (id, tenant_id, client_uuid, secret_hash, hint)
    values (${uuidOf(4, 1)}, ${uuidOf(1, 1)}, ${uuid}, ${hashSecret(secret)}, ${hintOf(secret)})`;
  return { id, secret, tenantId: uuidOf(1, 1) };
}

/** The Tenant that holds so many tokens: 3, 300 or 1,000. */
export const readerTenant = (size: number): string => uuidOf(2, size);

async function seedReader(sql: postgres.Sql, size: number): Promise<string> {
  const tenantId = readerTenant(size);
  await sql`insert into tenants (id, name, email, sid)
    values (${tenantId}, ${`Tenant of ${size}`}, 'it@example.com', ${`bench-of-${size}`})`;
  const secrets = Array.from({ length: size }, (_, index) => secretOf(`of ${size}`, index));
  await insertTokens(sql, secrets, () => tenantId, false, "{broker,tokens:read}");
  return secrets[0] as string;
}

async function insertTokens(
  sql: postgres.Sql,
  secrets: string[],
  tenantOf: (index: number) => string,
  areRevoked: boolean,
  scopes = "{broker}",
): Promise<void> {
  const hashes = secrets.map((secret) => hashSecret(secret).toString("hex"));
  const of = secrets.map((_, index) => tenantOf(index));
  await sql`insert into tokens (id, tenant_id, name, token_hash, hint, scopes, revoked_at)
    select gen_random_uuid(), t::uuid, 'System ' || left(h, 8), decode(h, 'hex'), hint, ${scopes}::text[],
      case when ${areRevoked} then now() end
    from unnest(${hashes}::text[], ${of}::text[], ${secrets.map(hintOf)}::text[]) as s(h, t, hint)`;
}
