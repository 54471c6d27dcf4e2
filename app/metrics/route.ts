import { timingSafeEqual } from "node:crypto";
import { hashSecret } from "@/lib/credentials/secret-format";
import { AppError, notFound } from "@/lib/errors";
import { endpoint } from "@/lib/http/endpoint";
import { collectMetrics } from "@/lib/operations/metrics";
import { settings } from "@/lib/settings";

export const dynamic = "force-dynamic";

/** Prometheus text; absent unless `BROKER_METRICS_TOKEN` is set, and then by that bearer alone. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: async (call) => {
    const wanted = settings().BROKER_METRICS_TOKEN;
    if (!wanted) throw notFound("path");
    const shown = call.header("authorization")?.match(/^bearer +(.+)$/i)?.[1];
    if (!shown) throw new AppError("unauthenticated", "Send the metrics token as bearer.");
    if (!timingSafeEqual(hashSecret(shown), hashSecret(wanted))) {
      throw new AppError("invalid_token", "This is not the metrics token.");
    }
    return {
      status: 200,
      headers: {
        "Content-Type": "text/plain; version=0.0.4; charset=utf-8",
        "Cache-Control": "no-store",
      },
      body: await collectMetrics(),
    };
  },
});
