import { execFile } from "node:child_process";
import { cp, rm, symlink } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { expect } from "@playwright/test";
import { bundleOf, ensureBuild } from "@/bin/build";
import { type Folder, test } from "@/e2e/support/folder";

/** A project of two programs that say what they run from; the rest is what chooses. */
async function project(folder: Folder) {
  for (const name of ["run.mjs", "build.ts", "lock.ts"]) {
    await cp(resolve("bin", name), await folder.write(`bin/${name}`, ""));
  }
  for (const name of ["broker", "start", "worker"]) {
    const said = `[import.meta.url.split("/").pop(), process.cwd(), ...process.argv.slice(2)]`;
    await folder.write(`bin/${name}.ts`, `const said: string[] = ${said};\nconsole.log(...said);`);
  }
  await folder.write("package.json", '{ "type": "module" }');
  await folder.write("node_modules/next/package.json", '{ "name": "next" }');
  await folder.write(
    "node_modules/next/dist/bin/next",
    `const fs = require("node:fs");
     fs.mkdirSync(".next", { recursive: true });
     fs.writeFileSync(".next/BUILD_ID", "1");`,
  );
  await symlink(resolve("node_modules/tsx"), join(folder.path, "node_modules/tsx"));
  return folder.path;
}

/** What `bin/run.mjs` prints when it is started from elsewhere. */
async function run(root: string, ...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    join(root, "bin/run.mjs"),
    ...args,
  ]);
  return stdout.trim();
}

test.describe("bin/run.mjs", () => {
  test("runs the sources until there is a build, and what it bundled from then on", async ({
    folder,
  }) => {
    const root = await project(folder);
    expect(await run(root, "broker", "tokens", "--json")).toBe(`broker.ts ${root} tokens --json`);
    await ensureBuild({ root });
    expect(await run(root, "broker", "tokens", "--json")).toBe(`broker.mjs ${root} tokens --json`);
    expect(await run(root, "start")).toBe(`start.mjs ${root}`);
  });

  test("runs the sources when they are newer than the build, or it is not whole", async ({
    folder,
  }) => {
    const root = await project(folder);
    await ensureBuild({ root });
    await folder.write("lib/new.ts", "");
    expect(await run(root, "broker")).toBe(`broker.ts ${root}`);
    await ensureBuild({ root });
    await rm(bundleOf("worker", root));
    expect(await run(root, "broker")).toBe(`broker.ts ${root}`);
  });
});
