import { endpoint } from "@/lib/http/endpoint";
import { portalError } from "@/lib/http/errors";
import { json, readJson } from "@/lib/http/json";
import { linkSchema } from "@/lib/links/schema";
import { lookUpInvitation } from "@/lib/members/look-up";
import { asAnyone } from "@/lib/sessions/as-anyone";

/** POST and not GET: the secret of a link belongs in no address and no log. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  {
    POST: asAnyone(async (_origin, call, signedIn) => {
      const invitation = await lookUpInvitation(await readJson(call, linkSchema));
      return json({ ...invitation, signedInAs: signedIn?.email ?? null });
    }),
  },
  portalError,
);
