"use client";
import { useQuery } from "@tanstack/react-query";
import { RefreshCw } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { LoadFailure } from "@/components/shell/load-failure";
import { useAct } from "@/components/shell/use-act";
import { Badge, type Tone } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { TableSkeleton } from "@/components/ui/skeleton";
import { Table, TableBody, TableHead, TableRow, Td, Th } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { type SigningKey, signingKeysQuery } from "@/lib/browser/operator";

const RotateDialog = dynamic(() => import("./rotate-dialog"));

const states: Record<SigningKey["state"], { name: string; tone: Tone }> = {
  next: { name: "Next", tone: "accent" },
  current: { name: "Signs now", tone: "positive" },
  previous: { name: "Previous", tone: "neutral" },
  outlived: { name: "Outlived", tone: "outline" },
};

/** The keys that sign JWTs, and their rotation. */
export function KeysPage() {
  const keys = useQuery(signingKeysQuery);
  const [rotating, setRotating] = useState(false);
  useAct("rotate", () => setRotating(true));
  return (
    <>
      <PageHeader
        title="Signing keys"
        description="They sign JWTs and the ends of audit logs (ES256). Each is published before it signs and until the last of its JWTs has expired, so that a rotation refuses none."
        actions={
          <Button icon={<RefreshCw aria-hidden />} onClick={() => setRotating(true)}>
            Rotate
          </Button>
        }
      />
      {keys.isPending ? (
        <TableSkeleton label="Loading signing keys" rows={2} />
      ) : keys.isError ? (
        <LoadFailure what="The signing keys" error={keys.error} onRetry={() => keys.refetch()} />
      ) : (
        <KeyTable keys={keys.data} />
      )}
      {rotating && <RotateDialog onClose={() => setRotating(false)} />}
    </>
  );
}

function KeyTable({ keys }: { keys: SigningKey[] }) {
  return (
    <Table label="Signing keys" className="table-fixed">
      <TableHead>
        <tr>
          <Th>Key</Th>
          <Th className="w-28">Status</Th>
          <Th className="hidden w-36 sm:table-cell">Signs from</Th>
          <Th className="hidden w-36 md:table-cell">Signs until</Th>
          <Th className="hidden w-36 lg:table-cell">Published until</Th>
        </tr>
      </TableHead>
      <TableBody>
        {keys.toReversed().map((key) => (
          <TableRow key={key.kid}>
            <Td as="th">
              <code className="block truncate text-sm" title={key.kid}>
                {key.kid}
              </code>
              <span className="text-muted text-sm sm:hidden">
                <Turn of={key} />
              </span>
            </Td>
            <Td>
              <Badge dot tone={states[key.state].tone}>
                {states[key.state].name}
              </Badge>
            </Td>
            <Td className="hidden sm:table-cell">
              <Moment at={key.signsFrom} />
            </Td>
            <Td className="hidden md:table-cell">
              <Moment at={key.signsUntil} />
            </Td>
            <Td className="hidden lg:table-cell">
              <Moment at={key.publishedUntil} />
            </Td>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

/** When a key's state changes next: what a phone has room for. */
function Turn({ of: key }: { of: SigningKey }) {
  const [what, at] =
    key.state === "next"
      ? ["Signs from", key.signsFrom]
      : key.state === "current"
        ? ["Signs until", key.signsUntil]
        : ["Published until", key.publishedUntil];
  return (
    <>
      {what} <Moment at={at} />
    </>
  );
}

function Moment({ at }: { at: string | null }) {
  return at ? (
    <Time at={at} as="date" className="text-muted" />
  ) : (
    <span className="text-faint">Open</span>
  );
}
