import { exportEvents, exportHeaders } from "@/lib/audit/export";
import { listEvents } from "@/lib/audit/list";
import { acceptedFormat, listAuditQuery, nextPage, toAuditEventWire } from "@/lib/audit/wire";
import { asSystem } from "@/lib/credentials/authenticate";
import { endpoint } from "@/lib/http/endpoint";
import { json, readQuery } from "@/lib/http/json";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: asSystem("audit:read", async (principal, call) => {
    const { tenantId } = principal;
    const query = readQuery(call, listAuditQuery);
    const format = acceptedFormat(call.header("accept"));
    if (format !== null) {
      const { after: _after, limit: _limit, ...filter } = query;
      const body = await exportEvents(principal, { ...filter, tenantId, format });
      return { status: 200, headers: exportHeaders(format), body };
    }
    const { limit = 100 } = query;
    const events = await listEvents(principal, { ...query, tenantId, limit });
    const answer = json(events.map(toAuditEventWire));
    const next = events.length === limit && events.at(-1);
    if (!next) return answer;
    return { ...answer, headers: { ...answer.headers, Link: nextPage(call, next.id) } };
  }),
});
