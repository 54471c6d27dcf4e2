import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";

/** Every `--color-name` of globals.css as [light, dark]. */
const tokens = new Map<string, [string, string]>();
const css = readFileSync("app/globals.css", "utf8");
const hex = "(#[0-9a-f]{6})";
for (const [, name, light, dark, both] of css.matchAll(
  new RegExp(`--color-([\\w-]+):\\s*(?:light-dark\\(${hex}, ${hex}\\)|${hex})`, "g"),
)) {
  if (name) tokens.set(name, [light ?? both ?? "", dark ?? both ?? ""]);
}

// WCAG 2.2, "relative luminance" and "contrast ratio".
function luminance(color: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

const grounds = ["canvas", "surface", "raised", "sunken", "hover"];
const text = ["ink", "muted", "faint", "accent-ink", "positive-ink", "caution-ink", "danger-ink"];
const marks = ["accent", "positive", "caution", "danger", "control", "focus"];

const pairs: [ink: string, ground: string, least: number][] = [
  ...grounds.flatMap((on) => text.map((ink): [string, string, number] => [ink, on, 4.5])),
  ...grounds.flatMap((on) => marks.map((mark): [string, string, number] => [mark, on, 3])),
  ...["accent", "positive", "caution", "danger"].flatMap((tone): [string, string, number][] => [
    [`${tone}-ink`, `${tone}-soft`, 4.5],
    ["ink", `${tone}-soft`, 4.5],
  ]),
  ["ink", "chosen", 4.5],
  ["muted", "chosen", 4.5],
  ["on-accent", "accent", 4.5],
  ["on-accent", "accent-hover", 4.5],
  ["on-danger", "danger", 4.5],
  ["on-danger", "danger-hover", 4.5],
];

for (const [theme, name] of ["light", "dark"].entries()) {
  test(`${name}: text has 4.5:1 on its ground, marks and controls 3:1 (WCAG 1.4.3, 1.4.11)`, () => {
    const weak = pairs.flatMap(([ink, ground, least]) => {
      const [a, b] = [tokens.get(ink)?.[theme], tokens.get(ground)?.[theme]];
      if (!a || !b) return [`${ink} or ${ground} is no colour`];
      const ratio = contrast(a, b);
      return ratio < least ? [`${ink} on ${ground}: ${ratio.toFixed(2)}, not ${least}`] : [];
    });
    expect(weak).toEqual([]);
  });
}
