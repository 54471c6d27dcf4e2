import { queryOptions } from "@tanstack/react-query";
import type { Account, OpenSession, RecoveryCodes, TotpSeed } from "@/lib/account/schema";
import { call } from "@/lib/browser/http";

export type { Account, OpenSession, RecoveryCodes, TotpSeed };

export const accountKey = ["account"] as const;

/** One's own account. */
export const accountQuery = () =>
  queryOptions({
    queryKey: accountKey,
    queryFn: ({ signal }) => call<Account>("GET", "/api/account", { signal }),
  });

export const changePassword = (input: { current: string; next: string }) =>
  call<{ sessionsEnded: number }>("PUT", "/api/account/password", { body: input });

export const beginTotp = (input: { password: string }) =>
  call<TotpSeed>("POST", "/api/account/totp", { body: input });

export const confirmTotp = (input: { code: string }) =>
  call<RecoveryCodes>("PUT", "/api/account/totp", { body: input });

export const disableTotp = (input: { password: string; code: string }) =>
  call<unknown>("POST", "/api/account/totp/disable", { body: input });

export const renewRecoveryCodes = (input: { password: string; code: string }) =>
  call<RecoveryCodes>("POST", "/api/account/recovery-codes", { body: input });

export const endSession = (sessionId: string) =>
  call<unknown>("DELETE", `/api/account/sessions/${sessionId}`);

export const endOtherSessions = () =>
  call<{ sessionsEnded: number }>("DELETE", "/api/account/sessions");

/** What is wrong with a password to be, in words; undefined where nothing is. The server decides. */
export function passwordProblem(text: string): string | undefined {
  if ([...text].length < 12) return "Use at least 12 characters.";
  if (new Set(text).size < 5) return "Don't repeat the same few characters.";
}

/** A browser and system out of a `User-Agent`, as people speak of them. */
export function describeAgent(userAgent: string | null): string {
  if (!userAgent) return "Unknown browser";
  const browsers: [RegExp, string][] = [
    [/Edg(e|A|iOS)?\//, "Edge"],
    [/OPR\//, "Opera"],
    [/SamsungBrowser\//, "Samsung Internet"],
    [/Firefox\/|FxiOS\//, "Firefox"],
    [/Chrom(e|ium)\/|CriOS\//, "Chrome"],
    [/Safari\//, "Safari"],
  ];
  const systems: [RegExp, string][] = [
    [/iPhone|iPad/, "iOS"],
    [/Android/, "Android"],
    [/Windows/, "Windows"],
    [/Mac OS X/, "macOS"],
    [/CrOS/, "ChromeOS"],
    [/Linux/, "Linux"],
  ];
  const named = (list: [RegExp, string][]) => list.find(([sign]) => sign.test(userAgent))?.[1];
  const [browser, system] = [named(browsers), named(systems)];
  if (browser && system) return `${browser} on ${system}`;
  return browser ?? system ?? userAgent.slice(0, 60);
}
