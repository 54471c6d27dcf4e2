import { z } from "zod";

export const shortestPassword = 12;

/** A password to be: length is all that is asked for (NIST SP 800-63B section 3.1.1.2). */
export const newPasswordSchema = z
  .string()
  .max(1024, "Must be at most 1,024 characters.")
  .refine((text) => [...text].length >= shortestPassword, "Must have at least 12 characters.")
  .refine((text) => new Set(text).size >= 5, "Must not repeat the same few characters.");
