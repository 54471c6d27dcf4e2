import { dehydrate, HydrationBoundary, QueryClient, type QueryKey } from "@tanstack/react-query";
import type { ReactNode } from "react";

/**
 * Hands what the server has read to the client's cache with the first paint: the client never
 * waits for a first fetch that it could have been given.
 */
export function Prefetched({
  data,
  children,
}: {
  data: [key: QueryKey, value: unknown][];
  children: ReactNode;
}) {
  const client = new QueryClient();
  for (const [key, value] of data) client.setQueryData(key, value);
  return <HydrationBoundary state={dehydrate(client)}>{children}</HydrationBoundary>;
}
