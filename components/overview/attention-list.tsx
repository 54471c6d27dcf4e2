"use client";
import { CircleCheck } from "lucide-react";
import Link from "next/link";
import { type ReactNode, useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { LabelText } from "@/components/ui/label-text";
import { Time, useClock } from "@/components/ui/time";
import { formatCount, formatTimeLeft } from "@/lib/browser/format";
import type { Attention } from "@/lib/browser/tenants";
import { tokenPath } from "@/lib/browser/tokens";

const few = 5;
/** As many as the overview names; there may be more then. */
const most = 20;

/** What wants looking at, each leading to its own page; the most pressing first, the rest on demand. */
export function AttentionList({ tenantId, items }: { tenantId: string; items: Attention[] }) {
  const [all, setAll] = useState(false);
  return (
    <Card title="Needs attention" flush>
      {items.length === 0 ? (
        <p className="flex items-center gap-2 px-4 py-4 text-muted">
          <CircleCheck aria-hidden className="size-4 text-positive" />
          Nothing right now.
        </p>
      ) : (
        <ul className="divide-y divide-line">
          {(all ? items : items.slice(0, few)).map((item) => (
            <li key={item.id}>
              <Entry tenantId={tenantId} item={item}>
                <span className="flex min-w-0 flex-1 basis-40 items-center gap-2">
                  <LabelText className="font-medium">{item.name}</LabelText>
                  {item.kind === "client" && <Badge tone="outline">Client</Badge>}
                </span>
                <span className="text-muted">
                  <Why item={item} />
                </span>
              </Entry>
            </li>
          ))}
        </ul>
      )}
      {items.length > few && !all && (
        <div className="border-line border-t px-2 py-2">
          <Button variant="ghost" size="sm" onClick={() => setAll(true)}>
            {items.length < most ? `Show ${formatCount(items.length - few)} more` : "Show more"}
          </Button>
        </div>
      )}
      {items.length >= most && all && (
        <p className="border-line border-t px-4 py-2.5 text-muted">
          The {most} most pressing. There may be more.
        </p>
      )}
    </Card>
  );
}

const rowStyle = "flex min-h-11 flex-wrap items-center gap-x-4 px-4 py-2";

function Entry({
  tenantId,
  item,
  children,
}: {
  tenantId: string;
  item: Attention;
  children: ReactNode;
}) {
  if (item.kind === "client") return <div className={rowStyle}>{children}</div>;
  return (
    <Link
      href={tokenPath(tenantId, item.id)}
      className={`${rowStyle} hover:bg-hover focus-visible:-outline-offset-2`}
    >
      {children}
    </Link>
  );
}

function Why({ item }: { item: Attention }) {
  const { now } = useClock();
  const { reason, at, calls } = item;
  if (reason === "knocking") {
    return (
      <span className="text-danger-ink">
        Revoked, yet called {calls === 1 ? "once" : `${formatCount(calls ?? 0)} times`} in 7 days
      </span>
    );
  }
  if (reason === "overlap-ending") {
    const left = formatTimeLeft(Date.parse(at) - now);
    return calls ? (
      <span className="text-caution-ink">
        Ends in {left}; still used, {formatCount(calls)} {calls === 1 ? "call" : "calls"} in 24 h
      </span>
    ) : (
      <>Ends in {left}; no longer used</>
    );
  }
  if (reason === "silent") {
    return (
      <>
        Last used <Time at={at} />
      </>
    );
  }
  return (
    <>
      Never used; issued <Time at={at} />
    </>
  );
}
