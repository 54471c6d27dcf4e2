import { spawnSync } from "node:child_process";
import { copyFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { expect } from "@playwright/test";
import { type Folder, test } from "@/e2e/support/folder";

const require = createRequire(import.meta.url);
const BIOME = require.resolve("@biomejs/biome/bin/biome");
const NEXT = require.resolve("next/dist/bin/next");
const TSC = require.resolve("typescript/package.json").replace(/package\.json$/, "bin/tsc");

/** Runs a program of ours under Node, in the project's folder unless told otherwise. */
function run(program: string, args: string[], cwd = process.cwd()) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd,
    encoding: "utf8",
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", NO_COLOR: "1" },
  });
  return { status, output: `${stdout}${stderr}` };
}

test.describe("the code", () => {
  test("is as the linter and the formatter want it", () => {
    const { status, output } = run(BIOME, ["check", "."]);
    expect(status, output).toBe(0);
  });

  test("compiles under strict TypeScript", () => {
    for (const [program, args] of [
      [NEXT, ["typegen"]],
      [TSC, ["--noEmit"]],
    ] as const) {
      const { status, output } = run(program, [...args]);
      expect(status, output).toBe(0);
    }
  });
});

test.describe("the linter lets imports run one way only", () => {
  const lint = async (folder: Folder, path: string, from: string) => {
    await copyFile("biome.json", join(folder.path, "biome.json"));
    await folder.write(path, `import { thing } from "${from}";\n\nthing();\n`);
    return run(BIOME, ["lint", "--vcs-enabled=false", path], folder.path);
  };

  for (const [path, from] of [
    ["db/thing.ts", "@/lib/thing"],
    ["db/thing.ts", "@/app/thing"],
    ["db/queries/thing.ts", "../../lib/thing"],
    ["lib/tokens/thing.ts", "@/app/thing"],
    ["lib/tokens/thing.ts", "@/components/thing"],
    ["lib/tokens/thing.ts", "../../components/thing"],
    ["lib/tokens/thing.ts", "react"],
    ["lib/tokens/thing.ts", "drizzle-orm"],
    ["components/tokens/thing.tsx", "@/lib/tokens/issue"],
    ["components/tokens/thing.tsx", "../../lib/tokens/issue"],
    ["components/tokens/thing.tsx", "@/db/client"],
    ["components/tokens/thing.tsx", "@/app/thing"],
    ["app/up/thing.ts", "@/db/queries/tokens"],
    ["app/up/thing.ts", "../../db/queries/tokens"],
    ["app/up/thing.ts", "postgres"],
  ] as const) {
    test(`${path} may not import ${from}`, async ({ folder }) => {
      const { status, output } = await lint(folder, path, from);
      expect(output).toContain("noRestrictedImports");
      expect(status).not.toBe(0);
    });
  }

  for (const [path, from] of [
    ["app/up/thing.ts", "@/lib/tokens/issue"],
    ["components/tokens/thing.tsx", "@/lib/browser/tokens"],
    ["lib/tokens/thing.ts", "@/db/queries/tokens"],
  ] as const) {
    test(`${path} may import ${from}`, async ({ folder }) => {
      const { status, output } = await lint(folder, path, from);
      expect(status, output).toBe(0);
    });
  }
});
