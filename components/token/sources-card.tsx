"use client";
import type { UseQueryResult } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { Table, TableBody, TableHead, TableRow, Td, Th } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { SourceText } from "@/components/usage/source-text";
import { formatCount } from "@/lib/browser/format";
import type { CredentialPeriod, UsageSource } from "@/lib/browser/usage";

const few = 10;

/** Every place that a token is known to be called from, the latest first. */
export function SourcesCard({ usage }: { usage: UseQueryResult<CredentialPeriod> }) {
  const [all, setAll] = useState(false);
  // The calls' card beside it says what failed.
  if (usage.error && !usage.data) return null;
  const sources = usage.data?.sources;
  return (
    <Card title="Sources" description="Where it has been called from, in any period." flush>
      {!sources ? (
        <div role="status" className="grid gap-3 p-4">
          <span className="sr-only">Loading the sources</span>
          <Skeleton className="w-52" />
          <Skeleton className="w-40" />
        </div>
      ) : sources.length === 0 ? (
        <p className="px-4 py-4 text-muted">None yet: it was never called.</p>
      ) : (
        <SourceTable sources={all ? sources : sources.slice(0, few)} />
      )}
      {sources && sources.length > few && !all && (
        <div className="border-line border-t px-3 py-2">
          <Button variant="ghost" size="sm" onClick={() => setAll(true)}>
            Show all {formatCount(sources.length)}
          </Button>
        </div>
      )}
    </Card>
  );
}

function SourceTable({ sources }: { sources: UsageSource[] }) {
  return (
    <Table label="Sources" bare className="table-fixed">
      <TableHead>
        <tr>
          <Th>From</Th>
          <Th className="hidden w-28 sm:table-cell">First seen</Th>
          <Th className="w-24 sm:w-28">Last seen</Th>
          <Th className="w-18 text-right sm:w-24">Calls</Th>
        </tr>
      </TableHead>
      <TableBody>
        {sources.map((source) => (
          <TableRow key={`${source.address} ${source.userAgent}`}>
            <Td as="th">
              <SourceText source={source} />
            </Td>
            <Td className="hidden text-muted sm:table-cell">
              <Time at={source.firstSeenAt} alone />
            </Td>
            <Td className="text-muted">
              <Time at={source.lastSeenAt} alone />
            </Td>
            <Td className="text-right">{formatCount(source.count)}</Td>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
