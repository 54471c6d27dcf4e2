"use client";
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { isPassing, PortalError } from "@/lib/browser/http";
import { signInPath } from "@/lib/browser/session";

/** A session that ended elsewhere shows on the next call: back to the sign-in page. */
function leaveIfSignedOut(error: unknown): void {
  if (error instanceof PortalError && error.code === "unauthenticated") {
    location.assign(signInPath(location.pathname + location.search));
  }
}

const createClient = () =>
  new QueryClient({
    queryCache: new QueryCache({ onError: leaveIfSignedOut }),
    mutationCache: new MutationCache({ onError: leaveIfSignedOut }),
    defaultOptions: {
      queries: {
        // What the server gave with the page is fresh enough not to be fetched again at once.
        staleTime: 5_000,
        retry: (failures, error) => failures < 2 && isPassing(error),
      },
      // Answers to mutations may hold a secret: they are not kept.
      mutations: { retry: false, gcTime: 0 },
    },
  });

/** The cache of what the server said, for all pages behind the sign-in. */
export function QueryProvider({ children }: { children: ReactNode }) {
  const [client] = useState(createClient);
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}
