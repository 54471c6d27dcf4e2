import { onPlatform } from "@/db/client";
import { endSession as end } from "@/db/queries/sessions";
import type { Origin } from "@/lib/principal";
import { recordForUser } from "@/lib/sessions/record";
import { hashSessionSecret } from "@/lib/sessions/secret";

/** Signs out: the session is refused from now on. Ending it again changes nothing. */
export async function endSession(origin: Origin, secret: string): Promise<void> {
  await onPlatform(async (tx) => {
    const user = await end(tx, hashSessionSecret(secret));
    if (!user) return;
    await recordForUser(tx, origin, { id: user.userId, email: user.email }, "user.signed-out");
  });
}
