/**
 * `node bin/run.mjs start|broker [arguments]`, in the project's folder: runs what the build bundled,
 * which starts a second sooner than the sources; compiles these as they are where there is no
 * build of them yet.
 */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const [name] = process.argv.splice(2, 1);
const bundle = (program) => new URL(`../.next/programs/${program}.mjs`, import.meta.url);

/** As the bundle says that is itself part of the build. */
async function isBuilt() {
  if (!existsSync(bundle("build"))) return false;
  const { isFresh } = await import(bundle("build").href);
  return isFresh();
}

if (await isBuilt()) {
  await import(bundle(name).href);
} else {
  await import("tsx");
  await import(`./${name}.ts`);
}
