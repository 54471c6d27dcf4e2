import { z } from "zod";

const control = /\p{Cc}|\p{Cs}/u;
const controlButBreaks = /[^\P{Cc}\t\n\r]|\p{Cs}/u;

/** A label: 1 to 100 characters after trimming, no control characters. */
export const label = z
  .string()
  .trim()
  .min(1, "Must not be empty.")
  .refine((value) => [...value].length <= 100, "Must be at most 100 characters.")
  .refine((value) => !control.test(value), "Must not hold control characters.")
  .meta({ minLength: 1, maxLength: 100 });

/** Longer text that may hold line breaks. `max` counts characters. */
export const prose = (max: number) =>
  z
    .string()
    .max(max)
    .refine((value) => !controlButBreaks.test(value), "Must not hold control characters.");

/** One line of text that may be empty. */
export const line = (max: number) =>
  z
    .string()
    .max(max)
    .refine((value) => !control.test(value), "Must not hold control characters.");

/** Text of a caller's own making, printable and no longer than `length`: for tables and pages. */
export const clipped = (text: string, length: number): string =>
  text.slice(0, length).replace(/\p{C}/gu, "\uFFFD");

/** Characters that are kept of a `User-Agent`. */
export const longestUserAgent = 200;
