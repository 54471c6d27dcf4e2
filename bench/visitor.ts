import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { promisify } from "node:util";
import { type Running, root } from "./servers";

/** Somebody who is signed in to the portal of a server. */
export type Visitor = { cookies: { name: string; value: string }[]; cookie: string };

/**
 * Creates a person by the command line and signs them in.
 * @param place `--tenant ID --role admin`, or `--staff support`
 */
export async function signIn(server: Running, place: string[]): Promise<Visitor> {
  const email = `${randomBytes(5).toString("hex")}@people.example`;
  const args = ["bin/run.mjs", "broker", "users", "create", "--json"];
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [...args, "--email", email, ...place],
    { cwd: root, env: server.env },
  );
  const { Password: password } = JSON.parse(stdout);
  const csrf = await fetch(`${server.url}/api/auth/csrf`);
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const answer = await fetch(`${server.url}/api/auth/callback/credentials`, {
    method: "POST",
    redirect: "manual",
    headers: { Origin: server.url, Cookie: headerOf(cookiesOf(csrf)) },
    body: new URLSearchParams({ email, password, csrfToken, json: "true" }),
  });
  if (!answer.ok) throw new Error(`Signing in answered ${answer.status}: ${await answer.text()}`);
  const cookies = cookiesOf(answer);
  return { cookies, cookie: headerOf(cookies) };
}

const cookiesOf = (answer: Response) =>
  answer.headers.getSetCookie().map((line) => {
    const pair = line.split(";")[0] as string;
    const at = pair.indexOf("=");
    return { name: pair.slice(0, at), value: pair.slice(at + 1) };
  });
const headerOf = (cookies: Visitor["cookies"]) =>
  cookies.map(({ name, value }) => `${name}=${value}`).join("; ");

/**
 * Milliseconds until the first byte of an answer's body.
 * @param body makes it a POST
 * @throws Error for any answer but 200
 */
export async function firstByte(url: string, { cookie }: Visitor, body?: unknown): Promise<number> {
  const headers = {
    Cookie: cookie,
    Origin: new URL(url).origin,
    "Content-Type": "application/json",
  };
  const sent = body ? { method: "POST", body: JSON.stringify(body) } : {};
  const start = performance.now();
  const answer = await fetch(url, { headers, ...sent });
  const reader = answer.body?.getReader();
  await reader?.read();
  const took = performance.now() - start;
  await reader?.cancel();
  if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}.`);
  return took;
}
