import { type Answer, type Api, apiOf } from "./call";

/** Somebody's session with the portal, without a browser: calls carry its cookies and our Origin. */
export type SignedIn = { call: Api; cookies: Map<string, string> };

/**
 * Signs in as the form does.
 *
 * @returns the session, or the answer where the credentials were refused
 */
export async function trySignIn(
  url: string,
  who: { email: string; password: string; code?: string },
): Promise<{ answer: Answer; session: SignedIn }> {
  const cookies = new Map<string, string>();
  const call: Api = async (method, path, sent = {}) => {
    const Cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = { Origin: url, Cookie, ...sent.headers };
    const answer = await apiOf(url)(method, path, { ...sent, headers });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = line.match(/^([^=]+)=([^;]*)/) ?? [];
      cookies.set(name, value);
    }
    return answer;
  };
  const { body } = await call("GET", "/api/auth/csrf");
  const answer = await call("POST", "/api/auth/callback/credentials", {
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ ...who, csrfToken: body.csrfToken, json: "true" }).toString(),
  });
  return { answer, session: { call, cookies } };
}

/** The same for credentials that are good. @throws where they are not */
export async function signInTo(
  url: string,
  who: { email: string; password: string; code?: string },
): Promise<SignedIn> {
  const { answer, session } = await trySignIn(url, who);
  if (answer.status !== 200) throw new Error(`Sign-in answered ${answer.status}: ${answer.text}`);
  return session;
}
