import { authenticate } from "@/lib/credentials/authenticate";
import { toVerifiedAnswer, wantedScopes } from "@/lib/credentials/verified-answer";
import { endpoint, type Handler } from "@/lib/http/endpoint";

const verify: Handler = (call) => {
  const principal = authenticate(call, wantedScopes(call));
  return principal instanceof Promise
    ? principal.then(toVerifiedAnswer)
    : toVerifiedAnswer(principal);
};

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: verify,
  POST: verify,
});
