"use client";
import { useQuery } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Skeleton } from "@/components/ui/skeleton";
import { Time } from "@/components/ui/time";
import { SourceText } from "@/components/usage/source-text";
import { formatCount } from "@/lib/browser/format";
import type { Token } from "@/lib/browser/tokens";
import { type RecentUse, recentUseQuery } from "@/lib/browser/usage";

// Fixed, so that nothing moves when the figures come; three sources are in view where there is room.
const height = "h-58 sm:[@media(min-height:50rem)]:h-70";

/** Who used a token of late: what stops, or has to be switched over, when it goes. */
export function WhoUsesIt({ token, atOnce = true }: { token: Token; atOnce?: boolean }) {
  const use = useQuery({ ...recentUseQuery(token.tenantId, token.id), staleTime: 0 });
  if (use.isError) {
    return (
      <Notice
        tone="caution"
        title="Who uses it could not be loaded"
        action={<Button onClick={() => use.refetch()}>Try again</Button>}
      >
        {use.error.message}
      </Notice>
    );
  }
  const lastUsedAt = use.data?.lastUsedAt ?? token.lastUsedAt;
  const refused = use.data?.last7Days.refused ?? 0;
  if (!lastUsedAt) {
    return (
      <Notice title="Never used">
        No system has called with it yet.
        {refused > 0 && (
          <>
            {" "}
            {refused === 1 ? "One call was" : `${formatCount(refused)} calls were`} refused in the
            last 7 days.
          </>
        )}
      </Notice>
    );
  }
  return (
    <section aria-label="Who uses it" className="grid gap-2">
      <Notice
        tone="caution"
        title={
          <>
            Last used <Time at={lastUsedAt} />
          </>
        }
      >
        {atOnce ? "Every system that still holds it" : "Every system not switched over by then"}{" "}
        loses access{token.scopes.length > 0 && <> to {token.scopes.join(", ")}</>}: its calls are
        answered with 401.
      </Notice>
      {use.isPending ? <ToCome /> : <Figures use={use.data} />}
    </section>
  );
}

function ToCome() {
  return (
    <div
      role="status"
      className={`grid ${height} content-start gap-3 rounded-md border border-line p-3`}
    >
      <span className="sr-only">Loading who uses it</span>
      <Skeleton className="w-3/4" />
      <Skeleton className="w-2/3" />
      <Skeleton className="w-1/2" />
    </div>
  );
}

function Figures({ use }: { use: RecentUse }) {
  const rows = [
    { span: "24 hours", ...use.last24Hours },
    { span: "7 days", ...use.last7Days },
  ];
  const more = use.last7Days.sources - use.sources.length;
  return (
    <div className={`flex ${height} flex-col overflow-hidden rounded-md border border-line`}>
      <table className="w-full shrink-0">
        <caption className="caption-bottom px-3 pt-0.5 pb-1.5 text-left text-faint text-xs">
          Calls are counted by the hour: a span may hold up to an hour more.
        </caption>
        <thead className="border-line border-b bg-canvas text-muted text-sm">
          <tr className="*:px-2 *:py-1.5 *:font-medium *:first:pl-3 *:last:pr-3 *:not-first:text-right">
            <th scope="col">Last</th>
            <th scope="col">Accepted</th>
            <th scope="col">Refused</th>
            <th scope="col">Sources</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ span, accepted, refused, sources }) => (
            <tr
              key={span}
              className="*:whitespace-nowrap *:px-2 *:py-1 *:first:pl-3 *:last:pr-3 *:not-first:text-right"
            >
              <th scope="row">{span}</th>
              <td>{formatCount(accepted)}</td>
              <td>{formatCount(refused)}</td>
              <td>{formatCount(sources)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <ul
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it.
        tabIndex={0}
        aria-label="Sources of the last 7 days"
        className="min-h-0 flex-1 divide-y divide-line overflow-y-auto border-line border-t focus-visible:-outline-offset-2"
      >
        {use.sources.map((source) => (
          <li
            key={`${source.address} ${source.userAgent}`}
            className="flex items-center justify-between gap-3 px-3 py-1.5"
          >
            <SourceText source={source} />
            <Time at={source.lastSeenAt} alone className="shrink-0 text-muted text-sm" />
          </li>
        ))}
        {use.sources.length === 0 && (
          <li className="px-3 py-2 text-muted">Nobody in the last 7 days.</li>
        )}
        {more > 0 && <li className="px-3 py-2 text-muted">And {formatCount(more)} more.</li>}
      </ul>
    </div>
  );
}
