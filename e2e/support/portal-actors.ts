import { randomBytes, randomUUID } from "node:crypto";
import type { APIRequest } from "@playwright/test";
import type { Sql } from "postgres";
import { type Answer, apiOf } from "./call";
import type { TestServer } from "./server";

/** Somebody's way into the portal: the cookies of a session, and who they are. */
export type Session = {
  userId: string;
  email: string;
  cookies: { name: string; value: string; domain: string; path: string }[];
};

/** How somebody calls the portal's API: as their browser would, from its own pages. */
export type PortalCall = (method: string, path: string, json?: unknown) => Promise<Answer>;

/**
 * @param who a session's cookies, a bearer token (which is none of the portal's), or nobody
 */
export function portalCall(
  server: TestServer,
  who: { cookies?: Session["cookies"]; token?: string } = {},
): PortalCall {
  const api = apiOf(server.url);
  const cookie = who.cookies?.map(({ name, value }) => `${name}=${value}`).join("; ");
  return (method, path, json) =>
    api(method, path, {
      json,
      token: who.token,
      headers: { Origin: server.url, ...(cookie ? { Cookie: cookie } : {}) },
    });
}

/**
 * Signs people in, one account for all, then gives each an identity of their own: argon2 and the
 * command line take their time, and no test here is about signing in.
 */
export async function signInMany<Name extends string>(
  on: { server: TestServer; sql: Sql; request: APIRequest },
  names: readonly Name[],
): Promise<Record<Name, Session>> {
  const { server, sql } = on;
  const email = `${randomBytes(5).toString("hex")}@people.example`;
  const made = await server.broker("users", "create", "--email", email, "--staff", "support");
  const people = {} as Record<Name, Session>;
  for (const name of names) {
    const context = await on.request.newContext();
    const { csrfToken } = await (await context.get(`${server.url}/api/auth/csrf`)).json();
    const answer = await context.post(`${server.url}/api/auth/callback/credentials`, {
      headers: { Origin: server.url },
      form: { email, password: made.Password, csrfToken, json: "true" },
    });
    if (answer.status() !== 200) throw new Error(`Signing in answered ${answer.status()}.`);
    const { cookies } = await context.storageState();
    await context.dispose();
    const userId = randomUUID();
    const own = `${name.toLowerCase().replace(/\W+/g, "-")}-${randomBytes(4).toString("hex")}@people.example`;
    await sql`insert into users (id, email, name) values (${userId}, ${own}, ${name})`;
    await sql`
      update sessions set user_id = ${userId}
      where id = (select s.id from sessions s join users u on u.id = s.user_id
        where u.email = ${email} order by s.created_at desc, s.id desc limit 1)`;
    people[name] = { userId, email: own, cookies };
  }
  return people;
}
