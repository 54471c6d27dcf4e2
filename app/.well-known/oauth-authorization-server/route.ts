import { endpoint } from "@/lib/http/endpoint";
import { oauthError } from "@/lib/oauth/errors";
import { authorizationServerMetadata, publicDocument } from "@/lib/oauth/metadata";

export const dynamic = "force-dynamic";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  { GET: () => publicDocument(authorizationServerMetadata()) },
  oauthError,
);
