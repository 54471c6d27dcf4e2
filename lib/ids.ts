import { z } from "zod";
import { notFound } from "@/lib/errors";

/** Any UUID, whatever its version: EntityIds come from other systems too. In lower case. */
export const uuid = z.guid("Must be a UUID.").toLowerCase();

/** An id from a path. What is no UUID names nothing: 404, as for any other unknown id. */
export function idFromPath(value: string | undefined, what: string): string {
  const parsed = uuid.safeParse(value);
  if (!parsed.success) throw notFound(what);
  return parsed.data;
}
