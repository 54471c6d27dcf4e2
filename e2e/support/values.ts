import { expect } from "@playwright/test";

/** Asymmetric matchers for what differs from run to run. */
export const UUID = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
export const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
export const TOKEN = expect.stringMatching(/^sbat_[0-9A-Za-z]{49}$/);

/** Names that a label may not be, with what makes them wrong. */
export const BAD_NAMES: [string, unknown][] = [
  ["nothing", ""],
  ["blanks", " \t "],
  ["101 characters", "x".repeat(101)],
  ["a line break", "a\nb"],
  ["a NUL", "a\u0000b"],
  ["an escape", "\u001b[31m"],
  ["a C1 control", "a\u0085b"],
  ["half a surrogate pair", "\ud800"],
  ["a number", 5],
  ["null", null],
  ["a list", ["a"]],
];
