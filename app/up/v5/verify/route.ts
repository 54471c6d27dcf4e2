import { authenticate } from "@/lib/credentials/authenticate";
import { toVerifiedAnswer, wantedScopes } from "@/lib/credentials/verified-answer";
import { AppError } from "@/lib/errors";
import { endpoint, type Handler } from "@/lib/http/endpoint";
import type { SystemPrincipal } from "@/lib/principal";

const verify: Handler = (call) => authenticate(call, wantedScopes(call), toAnswer);

const toAnswer = (caller: SystemPrincipal | AppError) =>
  caller instanceof AppError ? caller : toVerifiedAnswer(caller);

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: verify,
  POST: verify,
});
