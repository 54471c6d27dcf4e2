import { authenticate } from "@/lib/credentials/authenticate";
import { toVerifiedAnswer, wantedScopes } from "@/lib/credentials/verified-answer";
import { endpoint, type Handler } from "@/lib/http/endpoint";

const verify: Handler = async (call) =>
  toVerifiedAnswer(await authenticate(call, wantedScopes(call)));

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: verify,
  POST: verify,
});
