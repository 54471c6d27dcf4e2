import { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { AppError } from "@/lib/errors";
import { callOf, responseOf } from "@/lib/http/call";
import { portalError } from "@/lib/http/errors";
import { bodyLimit } from "@/lib/http/json";
import { demandOwnOrigin } from "@/lib/http/own-origin";
import { originOf } from "@/lib/sessions/as-user";
import { authOptions } from "@/lib/sessions/next-auth";

type Context = { params: Promise<{ nextauth: string[] }> };

/** next-auth's own endpoints: csrf, callback/credentials, session, signout. */
export async function GET(request: NextRequest, context: Context): Promise<Response> {
  const call = callOf(request);
  let failure: unknown;
  const options = authOptions(originOf(call), (error) => {
    failure = error;
  });
  const response = await NextAuth(request, context, options);
  // Nobody is signed out, nor told that their password is wrong, because the database is away.
  if (failure) return responseOf(portalError(failure, call.requestId), call.requestId);
  response.headers.set("Cache-Control", "no-store");
  return response;
}

/** The same for what changes something, from our own pages only and with a body of at most 64 KiB. */
export async function POST(request: NextRequest, context: Context): Promise<Response> {
  const call = callOf(request);
  try {
    demandOwnOrigin(call);
    const body = await call.readBody(bodyLimit);
    if (!body) throw new AppError("payload_too_large", "The body is larger than 64 KiB.");
    const { url, headers, method } = request;
    return await GET(
      new NextRequest(url, { method, headers, body: new Uint8Array(body) }),
      context,
    );
  } catch (error) {
    return responseOf(portalError(error, call.requestId), call.requestId);
  }
}
