import { after } from "next/server";
import { countResetRequest, mailReset } from "@/lib/account/request-reset";
import { requestResetSchema } from "@/lib/account/schema";
import { endpoint } from "@/lib/http/endpoint";
import { portalError } from "@/lib/http/errors";
import { json, readJson } from "@/lib/http/json";
import { log } from "@/lib/log";
import { asAnyone } from "@/lib/sessions/as-anyone";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  {
    POST: asAnyone(async (origin, call) => {
      const { email } = await readJson(call, requestResetSchema);
      const may = await countResetRequest(origin, email);
      // After the answer, so that neither its words nor its time tell whether there is an account.
      after(async () => {
        if (!may) return;
        await mailReset(origin, email).catch((error: unknown) =>
          log().error({ requestId: origin.requestId, err: error }, "no password reset was mailed"),
        );
      });
      return json({}, 202);
    }),
  },
  portalError,
);
