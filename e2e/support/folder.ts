import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test as base } from "@playwright/test";

/** A folder of the test's own: its path, and a way to put a file there. */
export type Folder = {
  path: string;
  /** Writes a file, and the folders it is in; `mode` as for chmod. */
  write(name: string, content: string, mode?: number): Promise<string>;
};

/** Playwright's test with a `folder` that is gone when the test ends. */
export const test = base.extend<{ folder: Folder }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from it.
  folder: async ({}, use) => {
    const path = await mkdtemp(join(tmpdir(), "servicebroker-test-"));
    await use({
      path,
      async write(name, content, mode = 0o644) {
        const file = join(path, name);
        await mkdir(dirname(file), { recursive: true });
        await writeFile(file, content, { mode });
        return file;
      },
    });
    await rm(path, { recursive: true, force: true });
  },
});
