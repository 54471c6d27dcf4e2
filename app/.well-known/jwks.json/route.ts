import { endpoint } from "@/lib/http/endpoint";
import { jwks } from "@/lib/keys/jwks";
import { oauthError } from "@/lib/oauth/errors";
import { publicDocument } from "@/lib/oauth/metadata";

export const dynamic = "force-dynamic";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  { GET: async () => publicDocument(await jwks(), "application/jwk-set+json") },
  oauthError,
);
