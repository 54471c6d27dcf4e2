import { z } from "zod";
import { bucketSizeSchema, type CredentialUsage, outcomeSchema } from "@/lib/usage/schema";

const instant = z.iso.datetime();

/** Use of a token on the wire (contract §3). */
export const entityTokenUsageSchema = z
  .object({
    Buckets: z.array(
      z.object({ Start: instant, Outcome: outcomeSchema, Count: z.number().int().min(0) }),
    ),
    Sources: z.array(
      z.object({
        Address: z
          .string()
          .nullable()
          .describe("`*` adds up the sources beyond the hundred most recent ones."),
        UserAgent: z.string().nullable(),
        FirstSeen: instant,
        LastSeen: instant,
        Count: z.number().int().min(0),
      }),
    ),
  })
  .meta({ id: "EntityTokenUsage" });

/** A credential's use as the wire shows it. */
export const toEntityTokenUsage = (
  usage: CredentialUsage,
): z.infer<typeof entityTokenUsageSchema> => ({
  Buckets: usage.buckets.map(({ start, outcome, count }) => ({
    Start: start,
    Outcome: outcome,
    Count: count,
  })),
  Sources: usage.sources.map((source) => ({
    Address: source.address,
    UserAgent: source.userAgent,
    FirstSeen: source.firstSeenAt,
    LastSeen: source.lastSeenAt,
    Count: source.count,
  })),
});

export const entityTokenUsageQuery = z.strictObject({
  from: instant.optional().describe("24 hours (by hour) or 30 days (by day) ago unless given."),
  to: instant.optional().describe("Now unless given."),
  by: bucketSizeSchema.optional().describe("hour unless given; hours older than 30 days are days."),
});
