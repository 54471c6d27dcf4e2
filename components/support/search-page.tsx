"use client";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { type FormEvent, useState } from "react";
import { LoadFailure } from "@/components/shell/load-failure";
import { Button } from "@/components/ui/button";
import { SearchInput } from "@/components/ui/input";
import { PageHeader } from "@/components/ui/page-header";
import { TableSkeleton } from "@/components/ui/skeleton";
import { mayBeInUrl, searchSupport, supportSearchQuery } from "@/lib/browser/support";
import { SearchHelp } from "./search-help";
import { SearchResult } from "./search-result";

const secretKinds = ["token", "secret", "jwt", "broken-secret"];

/**
 * One box for all that support is asked about. What may be shared is in the URL; what may be a
 * secret is sent in a body and leaves the box once it is known to be one.
 */
export function SearchPage() {
  const shared = useSearchParams().get("q") ?? "";
  const wanted = mayBeInUrl(shared) ? shared : "";
  const [text, setText] = useState(wanted);
  const linked = useQuery(supportSearchQuery(wanted));
  const pasted = useMutation({
    mutationFn: searchSupport,
    onSuccess: ({ understoodAs }) => {
      if (secretKinds.includes(understoodAs)) setText("");
    },
  });
  const go = (query: string) =>
    history.pushState(null, "", query ? `/support?q=${encodeURIComponent(query)}` : "/support");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const query = text.trim();
    pasted.reset();
    if (mayBeInUrl(query)) {
      if (query === wanted) void linked.refetch();
      else go(query);
    } else {
      if (wanted) go("");
      pasted.mutate(query);
    }
  };
  const found = pasted.isIdle ? linked : pasted;
  const asked = !pasted.isIdle || wanted !== "";
  const retry = () =>
    pasted.isIdle ? void linked.refetch() : pasted.mutate(pasted.variables ?? "");
  return (
    <>
      <PageHeader
        title="Search"
        description="Which token is this, whose, and why was the call refused?"
      />
      {/* Without a name the box is no part of any URL, even before the page's script has loaded. */}
      <form method="post" onSubmit={submit} className="flex gap-2 pb-5">
        <SearchInput
          label="Search Tenants, tokens, clients and requests"
          placeholder="Name, id or whole token"
          maxLength={8192}
          value={text}
          onChange={(event) => setText(event.target.value)}
          autoFocus
          className="flex-1"
        />
        <Button
          type="submit"
          variant="primary"
          disabled={text.trim() === ""}
          pending={asked && found.isPending}
        >
          Search
        </Button>
      </form>
      {!asked ? (
        <SearchHelp />
      ) : found.isError ? (
        <LoadFailure what="The result" error={found.error} onRetry={retry} />
      ) : found.data ? (
        <SearchResult query={pasted.isIdle ? wanted : null} result={found.data} />
      ) : (
        <TableSkeleton label="Searching" rows={3} />
      )}
    </>
  );
}
