import { existsSync } from "node:fs";
import { cp, readFile, rm, utimes } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect } from "@playwright/test";
import { bundleOf, ensureBuild, isFresh, sourceHash } from "@/bin/build";
import { type Folder, test } from "@/e2e/support/folder";

/** A project whose `next build` is a script: it notes that it ran, and writes what Next writes. */
async function project(folder: Folder, extra = "") {
  await folder.write("package.json", "{}");
  await folder.write("package-lock.json", "{}");
  await folder.write("app/page.tsx", "one");
  for (const name of ["broker", "build", "start", "worker"]) {
    await folder.write(`bin/${name}.ts`, "export const one: number = 1;");
  }
  await folder.write("node_modules/next/package.json", '{ "name": "next" }');
  await folder.write(
    "node_modules/next/dist/bin/next",
    `const fs = require("node:fs");
     fs.appendFileSync("builds", "x");
     fs.mkdirSync(".next/server", { recursive: true });
     ${extra}
     setTimeout(() => fs.writeFileSync(".next/BUILD_ID", "1"), 300);`,
  );
  return { root: folder.path };
}

const builds = async ({ root }: { root: string }) =>
  (await readFile(join(root, "builds"), "utf8")).length;

test.describe("the production build", () => {
  test("is made when there is none, and kept while the sources stay", async ({ folder }) => {
    const options = await project(folder);
    expect(await ensureBuild(options)).toMatchObject({ built: true });
    expect(await ensureBuild(options)).toMatchObject({ built: false });
    expect(await builds(options)).toBe(1);
  });

  test("is made again after a source, a package or the configuration changed", async ({
    folder,
  }) => {
    const options = await project(folder);
    await ensureBuild(options);
    for (const name of [
      "app/page.tsx",
      "bin/worker.ts",
      "lib/new.ts",
      "package-lock.json",
      "next.config.js",
    ]) {
      await folder.write(name, "changed");
      expect(await ensureBuild(options), name).toMatchObject({ built: true });
    }
    await rm(join(folder.path, "lib/new.ts"));
    expect(await ensureBuild(options), "a removed file").toMatchObject({ built: true });
  });

  test("is not made again for a test, a readme or a newer time of a file", async ({ folder }) => {
    const options = await project(folder);
    await ensureBuild(options);
    await folder.write("e2e/some.spec.ts", "");
    await folder.write("README.md", "");
    await utimes(join(folder.path, "app/page.tsx"), new Date(), new Date());
    expect(await ensureBuild(options)).toMatchObject({ built: false });
  });

  test("of a copy of the project elsewhere counts as the same", async ({ folder }) => {
    const { root } = await project(folder);
    for (const name of ["app", "bin"]) {
      await cp(join(root, name), join(root, "copy", name), { recursive: true });
    }
    await cp(join(root, "package-lock.json"), join(root, "copy/package-lock.json"));
    expect(sourceHash(join(root, "copy"))).toBe(sourceHash(root));
  });

  test("is made once when two ask at the same time", async ({ folder }) => {
    const options = await project(folder);
    const results = await Promise.all([ensureBuild(options), ensureBuild(options)]);
    expect(results.map(({ built }) => built).sort()).toEqual([false, true]);
    expect(await builds(options)).toBe(1);
  });

  test("that failed says why and leaves nothing to be taken for a build", async ({ folder }) => {
    const fail = `fs.writeFileSync(".next/BUILD_ID", "half"); console.error("no loopback"); process.exit(3);`;
    const options = await project(folder, fail);
    await expect(ensureBuild(options)).rejects.toThrow(/exit 3[\s\S]*no loopback/);
    expect(existsSync(join(folder.path, ".next/BUILD_ID"))).toBe(false);
    expect(existsSync(join(folder.path, ".next/server"))).toBe(false);
  });

  test("whose identity or a program was lost is made again", async ({ folder }) => {
    const options = await project(folder);
    await ensureBuild(options);
    for (const lost of [
      join(folder.path, ".next/BUILD_ID"),
      bundleOf("worker", folder.path),
      bundleOf("broker", folder.path),
    ]) {
      await rm(lost);
      expect(isFresh(folder.path)).toBe(false);
      expect(await ensureBuild(options)).toMatchObject({ built: true });
      expect(isFresh(folder.path)).toBe(true);
    }
  });

  test("keeps the compiler's cache from the second time on", async ({ folder }) => {
    await folder.write("package.json", '{ "type": "module" }');
    const config = await folder.write("next.config.js", await readFile("next.config.js", "utf8"));
    const keepsCache = async (time: string) => {
      const { default: next } = await import(`${pathToFileURL(config)}?${time}`);
      return next.experimental.turbopackFileSystemCacheForBuild;
    };
    expect(await keepsCache("first")).toBe(false);
    await folder.write(".next/BUILD_ID", "1");
    expect(await keepsCache("second")).toBe(true);
  });

  test("of a program that can't be bundled says why", async ({ folder }) => {
    const options = await project(folder);
    await folder.write("bin/worker.ts", 'import "./nowhere";');
    await expect(ensureBuild(options)).rejects.toThrow(/nowhere/);
    await expect(ensureBuild(options)).rejects.toThrow(/nowhere/);
  });
});
