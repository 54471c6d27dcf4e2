import { endpoint } from "@/lib/http/endpoint";
import { oauthError } from "@/lib/oauth/errors";
import { protectedResourceMetadata, publicDocument } from "@/lib/oauth/metadata";

export const dynamic = "force-dynamic";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  { GET: () => publicDocument(protectedResourceMetadata()) },
  oauthError,
);
