import { demand } from "@/lib/authorize";
import { ensureKeys } from "@/lib/keys/ensure";
import { type SigningKey, toSigningKeys } from "@/lib/keys/schema";
import type { Principal } from "@/lib/principal";

/** All signing keys, made where there were none. For the operator. */
export async function listKeys(principal: Principal): Promise<SigningKey[]> {
  demand(principal, null, "keys:manage");
  return toSigningKeys(await ensureKeys());
}
