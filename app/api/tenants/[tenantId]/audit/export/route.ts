import { exportEvents, exportHeaders } from "@/lib/audit/export";
import { auditFilterSchema, exportFormatSchema } from "@/lib/audit/schema";
import { endpoint } from "@/lib/http/endpoint";
import { portalError } from "@/lib/http/errors";
import { readQuery } from "@/lib/http/json";
import { asMember } from "@/lib/sessions/as-user";

const exportSchema = auditFilterSchema.extend({ format: exportFormatSchema });

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  {
    GET: asMember("audit:read", async (principal, call, { tenantId }) => {
      const input = readQuery(call, exportSchema);
      const body = await exportEvents(principal, { ...input, tenantId });
      return { status: 200, headers: exportHeaders(input.format), body };
    }),
    // Each export is written to the log: asking for its head is none.
    HEAD: asMember("audit:read", async (_principal, call) => {
      const { format } = readQuery(call, exportSchema);
      return { status: 200, headers: exportHeaders(format), body: null };
    }),
  },
  portalError,
);
