import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { AuditActor, AuditEvent, AuditEventPage, ChainReport } from "@/lib/audit/schema";
import { call } from "@/lib/browser/http";
import { boundsOf, type Period, parsePeriod } from "@/lib/browser/period";
import { edgesIn, idIn, toQuery } from "@/lib/browser/query";

export type { AuditActor, AuditEvent, AuditEventPage, ChainReport };

/** What of the audit log is looked at, as the page's URL holds it. */
export type AuditLook = Period & {
  actor?: string;
  action?: string;
  target?: string;
  after?: string;
  before?: string;
  /** The event whose detail is open. */
  event?: string;
};

const path = (tenantId: string) => `/api/tenants/${tenantId}/audit`;
const text = (value: string | null, most: number) =>
  value && value.length <= most && !/\p{Cc}/u.test(value) ? value : undefined;

/** What a page's query asks to look at; what it does not understand is left out. */
export const parseAuditLook = (params: URLSearchParams): AuditLook => ({
  actor: text(params.get("actor"), 100),
  action: text(params.get("action"), 50),
  target: text(params.get("target"), 100),
  ...parsePeriod(params),
  ...edgesIn(params),
  event: idIn(params, "event"),
});

/** The filter of the API: relative times become absolute as seen from `now`. */
export function auditFilterOf(look: AuditLook, now: number) {
  const { actor, action, target } = look;
  return { actor, action, target, ...boundsOf(look, now) };
}

/** A page of events; the last one stays in view while the next loads. */
export function auditPageQuery(tenantId: string, { event: _, ...look }: AuditLook) {
  const { after, before } = look;
  return queryOptions({
    queryKey: ["tenants", tenantId, "audit", look],
    queryFn: ({ signal }) => {
      const query = toQuery({ ...auditFilterOf(look, Date.now()), after, before });
      return call<AuditEventPage>("GET", path(tenantId) + query, { signal });
    },
    placeholderData: keepPreviousData,
  });
}

/** One event, for a link to it. */
export const auditEventQuery = (tenantId: string, eventId: string) =>
  queryOptions({
    queryKey: ["tenants", tenantId, "audit-event", eventId],
    queryFn: ({ signal }) =>
      call<AuditEvent>("GET", `${path(tenantId)}/events/${eventId}`, { signal }),
  });

/** Who has changed something. */
export const auditActorsQuery = (tenantId: string) =>
  queryOptions({
    queryKey: ["tenants", tenantId, "audit-actors"],
    queryFn: ({ signal }) => call<AuditActor[]>("GET", `${path(tenantId)}/actors`, { signal }),
  });

/** Where an export of what is looked at is fetched; the browser streams it to a file. */
export const auditExportPath = (tenantId: string, look: AuditLook, format: "csv" | "ndjson") =>
  `${path(tenantId)}/export${toQuery({ format, ...auditFilterOf(look, Date.now()) })}`;

/** Checks every event and the whole chain. */
export const verifyAuditChain = (tenantId: string) =>
  call<ChainReport>("POST", `${path(tenantId)}/verify`);
