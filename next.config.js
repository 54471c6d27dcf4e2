import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(fileURLToPath(import.meta.url));

/** @type {import("next").NextConfig} */
const config = {
  // Development answers on the loopback address that `npm run dev` prints.
  allowedDevOrigins: ["127.0.0.1"],
  poweredByHeader: false,
  reactStrictMode: true,
  serverExternalPackages: ["postgres", "pino", "@node-rs/argon2", "prom-client"],
  outputFileTracingRoot: root,
  turbopack: { root },
  // `npm run typecheck` and the tests check types; a first start waits for it no longer.
  typescript: { ignoreBuildErrors: true },
  experimental: {
    // forbidden() answers 403.
    authInterrupts: true,
    // Writing the compiler's cache is a quarter of a first build's time: for those who build again.
    turbopackFileSystemCacheForBuild: existsSync(join(root, ".next", "BUILD_ID")),
  },
};

export default config;
