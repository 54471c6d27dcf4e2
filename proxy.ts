import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { pagePathHeader } from "@/lib/http/page-path";
import { securityHeaders } from "@/lib/http/security-headers";
import { unavailablePage } from "@/lib/http/unavailable-page";
import { databaseAnswers } from "@/lib/operations/readiness";
import { cookieName } from "@/lib/sessions/cookies";
import { settings } from "@/lib/settings";

/**
 * Gives every page its security headers, with a nonce that Next puts on its own scripts, and tells
 * it where it is, for the way back from the sign-in. While the database can't be reached, pages that
 * need it are one page with status 503. It decides nothing about access: that is the data layer's,
 * which every page and route passes.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const headers = securityHeaders({
    nonce: randomBytes(16).toString("base64"),
    https: settings().publicUrl.startsWith("https:"),
    development: process.env.NODE_ENV === "development",
  });
  if (showsData(request) && !(await databaseAnswers())) {
    const type = { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" };
    return new NextResponse(unavailablePage, {
      status: 503,
      headers: { ...headers, ...type, "Retry-After": "1" },
    });
  }
  const forwarded = new Headers(request.headers);
  forwarded.set("Content-Security-Policy", headers["Content-Security-Policy"] as string);
  forwarded.set(pagePathHeader, pathOf(request));
  const response = NextResponse.next({ request: { headers: forwarded } });
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return response;
}

/** A page of somebody who is signed in; a page can't answer 503 by itself, calls of the API can. */
function showsData({ nextUrl, cookies }: NextRequest): boolean {
  return !nextUrl.pathname.startsWith("/api/") && cookies.has(cookieName("session"));
}

/** A page's path and query, without what Next's router adds. */
function pathOf({ nextUrl }: NextRequest): string {
  const query = new URLSearchParams(nextUrl.searchParams);
  query.delete("_rsc");
  return query.size > 0 ? `${nextUrl.pathname}?${query}` : nextUrl.pathname;
}

/** Pages and the portal's own API; not the bearer API, whose answers no browser renders. */
export const config = {
  matcher: [
    "/((?!up/|oauth2/|\\.well-known/|_next/static|_next/image|healthz|readyz|metrics|openapi.json).*)",
  ],
};
