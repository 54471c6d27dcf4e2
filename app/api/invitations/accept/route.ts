import { endpoint } from "@/lib/http/endpoint";
import { portalError } from "@/lib/http/errors";
import { json, readJson } from "@/lib/http/json";
import { acceptInvitation } from "@/lib/members/accept";
import { acceptInvitationSchema } from "@/lib/members/schema";
import { asAnyone } from "@/lib/sessions/as-anyone";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  {
    POST: asAnyone(async (origin, call, signedIn) => {
      const input = await readJson(call, acceptInvitationSchema);
      return json(await acceptInvitation(origin, signedIn, input));
    }),
  },
  portalError,
);
