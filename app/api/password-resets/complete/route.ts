import { completeReset } from "@/lib/account/complete-reset";
import { completeResetSchema } from "@/lib/account/schema";
import { endpoint } from "@/lib/http/endpoint";
import { portalError } from "@/lib/http/errors";
import { json, readJson } from "@/lib/http/json";
import { asAnyone } from "@/lib/sessions/as-anyone";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  {
    POST: asAnyone(async (origin, call) => {
      return json(await completeReset(origin, await readJson(call, completeResetSchema)));
    }),
  },
  portalError,
);
