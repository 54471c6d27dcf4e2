import { z } from "zod";

/** The secret of a one-time link, as a page reads it from its own address. */
export const linkSecretSchema = z.string().regex(/^[A-Za-z0-9_-]{43}$/, "Is no link of ours.");
export const linkSchema = z.strictObject({ secret: linkSecretSchema });
