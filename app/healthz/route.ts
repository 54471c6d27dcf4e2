import { endpoint } from "@/lib/http/endpoint";
import { json } from "@/lib/http/json";

export const dynamic = "force-dynamic";

/** The process is up; says nothing of the database. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: () => json({ status: "up" }),
});
