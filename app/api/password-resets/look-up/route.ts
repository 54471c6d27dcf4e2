import { lookUpReset } from "@/lib/account/complete-reset";
import { endpoint } from "@/lib/http/endpoint";
import { portalError } from "@/lib/http/errors";
import { json, readJson } from "@/lib/http/json";
import { linkSchema } from "@/lib/links/schema";
import { asAnyone } from "@/lib/sessions/as-anyone";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  {
    POST: asAnyone(async (_origin, call) => {
      return json(await lookUpReset(await readJson(call, linkSchema)));
    }),
  },
  portalError,
);
