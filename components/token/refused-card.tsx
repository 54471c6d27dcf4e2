"use client";
import { useQuery } from "@tanstack/react-query";
import { LoadFailure } from "@/components/shell/load-failure";
import { ReasonBadge } from "@/components/support/words";
import { Card } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { Table, TableBody, TableHead, TableRow, Td, Th } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { SourceText } from "@/components/usage/source-text";
import { formatCount } from "@/lib/browser/format";
import type { Token } from "@/lib/browser/tokens";
import { type RefusedSource, refusedCallsQuery } from "@/lib/browser/usage";

const everyMs = 10_000;
const most = 20;

/** Who is refused with a token, and why. Of a revoked one: which systems still hold it. */
export function RefusedCard({ token }: { token: Token }) {
  const refused = useQuery({
    ...refusedCallsQuery(token.tenantId, token.id),
    refetchInterval: everyMs,
  });
  if (refused.error && !refused.data) {
    return (
      <LoadFailure
        what="The refused calls"
        error={refused.error}
        onRetry={() => refused.refetch()}
      />
    );
  }
  // Mostly there is none, and then there is nothing to show.
  if (!refused.data?.length) return null;
  const since = token.status === "Revoked" ? token.revokedAt : null;
  const holding = since ? refused.data.filter(({ lastAt }) => lastAt >= since) : [];
  return (
    <Card title="Refused calls" description="The latest. Callers aren't told the reason." flush>
      {holding.length > 0 && <StillHeld sources={holding} />}
      <RefusedTable sources={refused.data.slice(0, most)} />
    </Card>
  );
}

function StillHeld({ sources }: { sources: RefusedSource[] }) {
  const places = new Set(sources.map(({ address, userAgent }) => `${address} ${userAgent}`)).size;
  return (
    <div className="border-line border-b p-3">
      <Notice
        tone="danger"
        title={
          places === 1 ? "A system still holds it" : `${formatCount(places)} systems still hold it`
        }
      >
        Calls still arrive, the last one <Time at={sources[0]?.lastAt as string} />. Each is
        answered with 401 until that system has another token.
      </Notice>
    </div>
  );
}

function RefusedTable({ sources }: { sources: RefusedSource[] }) {
  return (
    <Table label="Refused calls" bare className="table-fixed">
      <TableHead>
        <tr>
          <Th>From</Th>
          <Th className="w-30 sm:w-36">Why</Th>
          <Th className="hidden w-28 sm:table-cell">First seen</Th>
          <Th className="hidden w-28 sm:table-cell">Last seen</Th>
          <Th className="w-17 text-right sm:w-20">Calls</Th>
        </tr>
      </TableHead>
      <TableBody>
        {sources.map((source) => (
          <TableRow key={`${source.address} ${source.userAgent} ${source.reason}`}>
            <Td as="th" className="py-2">
              <SourceText source={source} />
              <span className="wrap-anywhere block text-faint text-xs">
                Request <code className="select-all">{source.lastRequestId}</code>
              </span>
            </Td>
            <Td>
              <ReasonBadge reason={source.reason} />
              <span className="block text-muted text-sm sm:hidden">
                <Time at={source.lastAt} alone />
              </span>
            </Td>
            <Td className="hidden text-muted sm:table-cell">
              <Time at={source.firstAt} alone />
            </Td>
            <Td className="hidden text-muted sm:table-cell">
              <Time at={source.lastAt} alone />
            </Td>
            <Td className="text-right">{formatCount(source.count)}</Td>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
