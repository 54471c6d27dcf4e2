import { readFileSync } from "node:fs";

/** `npm run licenses`: every package of the lock file by its licence, those of tests alone too. */
type Locked = { version?: string; license?: string; dev?: boolean };
const lock = JSON.parse(readFileSync(new URL("../package-lock.json", import.meta.url), "utf8"));
const byLicence = new Map<string, Set<string>>();

for (const [path, locked] of Object.entries(lock.packages as Record<string, Locked>)) {
  const name = path.split("node_modules/").at(-1);
  if (!name) continue;
  const { license = "unknown", version, dev } = locked;
  const packages = byLicence.get(license) ?? new Set();
  packages.add(`${name}@${version}${dev ? " (development)" : ""}`);
  byLicence.set(license, packages);
}

for (const [licence, packages] of [...byLicence].sort(([, a], [, b]) => b.size - a.size)) {
  console.log(`${licence}: ${packages.size}`);
  for (const one of [...packages].sort()) console.log(`  ${one}`);
}
