"use client";
import { SearchX } from "lucide-react";
import Link from "next/link";
import { EventSentence } from "@/components/audit/event-sentence";
import { Card } from "@/components/ui/card";
import { LabelText } from "@/components/ui/label-text";
import { Notice } from "@/components/ui/notice";
import { EmptyState } from "@/components/ui/state";
import { Time } from "@/components/ui/time";
import { visibleText } from "@/lib/browser/format";
import type { SupportSearchResult } from "@/lib/browser/support";
import { CredentialCard } from "./credential-card";
import { RefusalTable } from "./refusal-table";
import { SearchHelp } from "./search-help";
import { TenantStatus } from "./words";

const understood: Partial<Record<SupportSearchResult["understoodAs"], string>> = {
  token: "That was a whole System Access Token. It was hashed to be looked up, and is not kept.",
  secret: "That was a whole client secret. It was hashed to be looked up, and is not kept.",
  jwt: "That was a JWT. It was read to find its client, and is not kept.",
};

/** All that a search found, the most telling first. */
export function SearchResult({
  query,
  result,
}: {
  /** What was searched for; null where it may be a secret. */
  query: string | null;
  result: SupportSearchResult;
}) {
  const { understoodAs, tenants, credentials, refusals, events } = result;
  if (understoodAs === "broken-secret") {
    return (
      <Notice tone="caution" title="Cut or mistyped" role="status">
        It begins like a secret of ours, but its length or checksum is wrong: no call with it can
        have passed. Ask for it to be copied again, whole.
      </Notice>
    );
  }
  const said = understood[understoodAs];
  const nothing = [tenants, credentials, refusals, events].every((list) => list.length === 0);
  return (
    <div className="grid gap-5">
      <p role="status" className={said ? "text-muted" : "sr-only"}>
        {said ?? (nothing ? "Nothing found." : "Found:")}
      </p>
      {nothing && (
        <EmptyState icon={SearchX} title="Nothing found">
          {query ? (
            <>
              No Tenant, token, client or request matches “<bdi>{visibleText(query)}</bdi>”.
            </>
          ) : said ? (
            "It has the right form, but is none that we ever issued."
          ) : (
            "No Tenant, token, client or request matches what you typed."
          )}
        </EmptyState>
      )}
      {nothing && !said && <SearchHelp />}
      {credentials.map((credential) => (
        <CredentialCard key={credential.id} credential={credential} />
      ))}
      {tenants.length > 0 && (
        <Card title="Tenants" flush>
          <ul className="divide-y divide-line">
            {tenants.map((tenant) => (
              <li key={tenant.id}>
                <Link
                  href={`/t/${tenant.id}`}
                  className="flex min-h-11 flex-wrap items-center gap-x-3 px-4 py-2 hover:bg-hover focus-visible:-outline-offset-2"
                >
                  <LabelText className="font-medium">{tenant.name}</LabelText>
                  <TenantStatus status={tenant.status} />
                  {tenant.domain && (
                    <LabelText className="text-muted text-sm">{tenant.domain}</LabelText>
                  )}
                  <code className="wrap-anywhere text-faint text-sm sm:ml-auto">{tenant.id}</code>
                </Link>
              </li>
            ))}
          </ul>
        </Card>
      )}
      {refusals.length > 0 && (
        <section className="grid gap-2">
          <h2 className="font-semibold text-base">Refused calls</h2>
          <RefusalTable refusals={refusals} />
        </section>
      )}
      {events.length > 0 && (
        <Card title="What the request changed" flush>
          <ul className="divide-y divide-line">
            {events.map((event) => (
              <li key={event.id}>
                <Link
                  href={`/t/${event.tenantId}/audit?event=${event.id}`}
                  className="flex min-h-11 flex-wrap items-baseline gap-x-4 px-4 py-2.5 hover:bg-hover focus-visible:-outline-offset-2"
                >
                  <span className="min-w-0 flex-1 basis-60">
                    <EventSentence
                      event={{
                        action: event.action,
                        target: { type: "", id: "", name: event.targetName },
                      }}
                    />
                    <span className="block text-muted text-sm">
                      <LabelText wrap>{event.actorName}</LabelText>, in{" "}
                      <LabelText wrap>{event.tenantName}</LabelText>
                    </span>
                  </span>
                  <Time at={event.occurredAt} alone className="text-muted text-sm" />
                </Link>
              </li>
            ))}
          </ul>
        </Card>
      )}
    </div>
  );
}
