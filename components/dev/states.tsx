"use client";
import { KeyRound, Plus, SearchX } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Skeleton, TableSkeleton } from "@/components/ui/skeleton";
import { Spinner } from "@/components/ui/spinner";
import { EmptyState, ErrorState, NoPermissionState } from "@/components/ui/state";
import { Row, Section } from "./section";

export function States() {
  return (
    <Section title="States">
      <Row label="Something to come, and something under way">
        <Skeleton className="w-52" />
        <Spinner />
      </Row>
      <TableSkeleton label="Loading tokens" rows={4} />
      <EmptyState
        icon={KeyRound}
        title="No tokens yet"
        action={
          <Button variant="primary" icon={<Plus aria-hidden />}>
            Issue a token
          </Button>
        }
      >
        A System Access Token lets one system call the API as this Tenant. Issue one for each
        system, so that each can be replaced or revoked by itself.
      </EmptyState>
      <EmptyState
        icon={SearchX}
        title="No token matches"
        action={<Button size="sm">Clear the filters</Button>}
      >
        Nothing is called "payrol" among 12 tokens.
      </EmptyState>
      <ErrorState requestId="0198c1d2-7b1e" action={<Button size="sm">Try again</Button>}>
        The server can't be reached.
      </ErrorState>
      <NoPermissionState>Ask an admin of this Tenant to change your role.</NoPermissionState>
      <Notice title="Suspended since 3 Nov 2026">Every call of this Tenant is refused.</Notice>
      <Notice
        tone="caution"
        title="Who uses it could not be loaded"
        action={<Button size="sm">Try again</Button>}
      >
        The server can't be reached.
      </Notice>
      <Notice tone="caution">The old token is good for another 23 h.</Notice>
      <Notice tone="danger">The token was not revoked: the server can't be reached.</Notice>
    </Section>
  );
}
