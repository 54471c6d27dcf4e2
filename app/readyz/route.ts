import { endpoint } from "@/lib/http/endpoint";
import { json } from "@/lib/http/json";
import { checkReadiness } from "@/lib/operations/readiness";

export const dynamic = "force-dynamic";

/** The database is reachable and its migrations are current; else 503. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: async () => {
    await checkReadiness();
    return json({ status: "ready" });
  },
});
