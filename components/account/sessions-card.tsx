"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Monitor, Smartphone } from "lucide-react";
import { failureText } from "@/components/tokens/failure";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Time } from "@/components/ui/time";
import { toast } from "@/components/ui/toast";
import {
  accountKey,
  describeAgent,
  endOtherSessions,
  endSession,
  type OpenSession,
} from "@/lib/browser/account";

/** Where one is signed in, and the way out of each. */
export function SessionsCard({ sessions }: { sessions: OpenSession[] }) {
  const client = useQueryClient();
  const end = useMutation({
    mutationFn: (id: string | null) => (id ? endSession(id) : endOtherSessions()),
    onSuccess: (_answer, id) =>
      toast.success(id ? "Signed out there" : "Signed out everywhere else"),
    onError: (error) => toast.error("Nothing was signed out", { description: failureText(error) }),
    onSettled: () => client.invalidateQueries({ queryKey: accountKey }),
  });
  const sorted = [...sessions].sort((a, b) => Number(b.current) - Number(a.current));
  return (
    <Card
      flush
      title="Active sessions"
      description="A session ends after 8 hours without use, and after a week in any case."
      actions={
        sessions.length > 1 && (
          <Button
            size="sm"
            pending={end.isPending && end.variables === null}
            onClick={() => end.mutate(null)}
          >
            Sign out everywhere else
          </Button>
        )
      }
    >
      <ul className="divide-y divide-line">
        {sorted.map((session) => (
          <li key={session.id} className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-3">
            <DeviceIcon userAgent={session.userAgent} />
            <div className="grid min-w-0 flex-1 basis-48 leading-5">
              <span className="flex flex-wrap items-center gap-x-2">
                <span className="font-medium" title={session.userAgent ?? undefined}>
                  {describeAgent(session.userAgent)}
                </span>
                {session.current && <Badge tone="accent">This one</Badge>}
              </span>
              <span className="text-muted text-sm">
                {session.address ?? "Unknown address"} · signed in <Time at={session.createdAt} /> ·
                last used <Time at={session.lastSeenAt} />
              </span>
            </div>
            {!session.current && (
              <Button
                size="sm"
                pending={end.isPending && end.variables === session.id}
                aria-label={`Sign out ${describeAgent(session.userAgent)}, ${session.address ?? "unknown address"}`}
                onClick={() => end.mutate(session.id)}
              >
                Sign out
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function DeviceIcon({ userAgent }: { userAgent: string | null }) {
  const Icon = userAgent && /Mobile|Android|iPhone/.test(userAgent) ? Smartphone : Monitor;
  return <Icon aria-hidden className="size-4.5 shrink-0 text-faint" />;
}
