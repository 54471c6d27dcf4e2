import { dirname } from "node:path";
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
  // forbidden() answers 403.
  experimental: { authInterrupts: true },
};

export default config;
