import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { brotliCompress } from "node:zlib";
import { withFileLock } from "./lock";

/** Where `bin/run.mjs` and npm run us: a bundle can't tell by where it lies. */
const ROOT = process.cwd();

/** What goes into the bundle. Folders count with all that is in them; what is missing is skipped. */
const SOURCES = [
  "app",
  "bin",
  "components",
  "db",
  "instrumentation.ts",
  "instrumentation-client.ts",
  "lib",
  "next.config.js",
  "package-lock.json",
  "postcss.config.mjs",
  "proxy.ts",
  "public",
  "tsconfig.json",
];

/** Whether `ensureBuild` had to build, and how long all of it took. */
export type BuildResult = { built: boolean; seconds: number };

/**
 * Makes sure that `.next` holds a production build of the sources that are there now: builds when it
 * is missing, out of date or broken, and waits when another process is building it.
 *
 * @param options.root the project's folder
 * @param options.force build even when it is fresh
 * @param options.log receives one line before a build or a wait
 * @throws when `next build` fails; its output is in the message and no half build stays behind
 */
export async function ensureBuild(
  options: { root?: string; force?: boolean; log?: (line: string) => void } = {},
): Promise<BuildResult> {
  const { root = ROOT, force = false, log = () => {} } = options;
  const started = Date.now();
  const done = (built: boolean) => ({ built, seconds: (Date.now() - started) / 1000 });
  if (!force && isFresh(root)) return done(false);
  return withFileLock(
    join(root, ".next", "cache", "servicebroker-build.lock"),
    async () => {
      if (!force && isFresh(root)) return done(false);
      const hash = sourceHash(root);
      log("Building for production (about 20 s, once per version) ...");
      await runNextBuild(root);
      await Promise.all([bundlePrograms(root), compressStatic(root)]);
      await writeFile(stampFile(root), hash);
      return done(true);
    },
    () => log("Waiting for another process that is building ..."),
  );
}

/**
 * A digest of every file that `next build` reads: paths and contents, no times and no git, so that a
 * copy of the project elsewhere has the same one.
 *
 * @param root the project's folder
 * @returns SHA-256, hex
 */
export function sourceHash(root: string = ROOT): string {
  const hash = createHash("sha256");
  // Synchronous: over the thread pool hundreds of small files take twice as long.
  for (const file of SOURCES.flatMap((name) => filesUnder(root, name))) {
    const content = readFileSync(join(root, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

function filesUnder(root: string, name: string): string[] {
  const found = statSync(join(root, name), { throwIfNoEntry: false });
  if (!found?.isDirectory()) return found ? [name] : [];
  const entries = readdirSync(join(root, name), { withFileTypes: true });
  return entries
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = `${name}/${entry.name}`;
      return entry.isFile() ? [path] : filesUnder(root, path);
    });
}

const stampFile = (root: string) => join(root, ".next", "servicebroker-sources");

/** Whether the build is whole, and of the sources that are there now. */
export function isFresh(root: string = ROOT): boolean {
  const parts = [join(root, ".next", "BUILD_ID"), ...PROGRAMS.map((name) => bundleOf(name, root))];
  if (![stampFile(root), ...parts].every((file) => existsSync(file))) return false;
  return readFileSync(stampFile(root), "utf8") === sourceHash(root);
}

async function runNextBuild(root: string): Promise<void> {
  const next = createRequire(join(root, "package.json")).resolve("next/dist/bin/next");
  const child = spawn(process.execPath, [next, "build"], {
    cwd: root,
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const stop = () => child.kill();
  process.once("exit", stop);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  const code = await new Promise((resolve, reject) =>
    child.on("error", reject).on("close", resolve),
  );
  process.off("exit", stop);
  if (code === 0) return;
  await removeBuild(root);
  throw new Error(`next build failed (exit ${code})\n${output.trimEnd()}`);
}

/** What is bundled from `bin`: what `bin/run.mjs` starts, how it knows that it may, and the worker. */
const PROGRAMS = ["broker", "build", "start", "worker"] as const;

/** The bundle of a program, beside Next's own build. */
export const bundleOf = (name: (typeof PROGRAMS)[number], root: string = ROOT) =>
  join(root, ".next", "programs", `${name}.mjs`);

/**
 * Bundles what runs outside Next. Compiled as it is loaded, by tsx, a program starts a second
 * later, and a worker pays on each call for the names that tsx keeps.
 */
async function bundlePrograms(root: string): Promise<void> {
  const { build } = await import("esbuild");
  await build({
    absWorkingDir: root,
    entryPoints: PROGRAMS.map((name) => `bin/${name}.ts`),
    outdir: dirname(bundleOf("build", root)),
    outExtension: { ".js": ".mjs" },
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20.9",
    sourcemap: true,
    logLevel: "silent",
  });
}

/** Compresses scripts and styles as well as Brotli can, once: `bin/static-files.ts` sends them. */
async function compressStatic(root: string): Promise<void> {
  const names = filesUnder(root, ".next/static");
  const compress = async (name: string) => {
    const file = join(root, name);
    await writeFile(`${file}.br`, await promisify(brotliCompress)(await readFile(file)));
  };
  await Promise.all(names.filter((name) => /\.(js|css|svg)$/.test(name)).map(compress));
}

/** A build that stopped half way can look whole to Next. Its cache, and our lock there, may stay. */
async function removeBuild(root: string): Promise<void> {
  const dist = join(root, ".next");
  const keep = new Set(["cache", "dev", "types"]);
  const names = (await readdir(dist).catch(() => [])).filter((name) => !keep.has(name));
  await Promise.all(names.map((name) => rm(join(dist, name), { recursive: true, force: true })));
}

// `npm run build`, and not the bundle, which others import.
if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  ensureBuild({ force: true, log: console.log }).then(
    ({ seconds }) => console.log(`Built in ${seconds.toFixed(0)} s.`),
    (error: Error) => {
      console.error(error.message);
      process.exitCode = 1;
    },
  );
}
