import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { hostname } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "@playwright/test";
import { withFileLock } from "@/bin/lock";
import { test } from "@/e2e/support/folder";

test.describe("a file lock", () => {
  test("lets one in at a time, and is gone afterwards", async ({ folder }) => {
    const path = join(folder.path, "deep/lock");
    let inside = 0;
    let most = 0;
    const enter = () =>
      withFileLock(path, async () => {
        inside += 1;
        most = Math.max(most, inside);
        await sleep(20);
        inside -= 1;
      });
    await Promise.all([enter(), enter(), enter()]);
    expect(most).toBe(1);
    expect(existsSync(path)).toBe(false);
  });

  test("is free again after work that failed, and passes the failure on", async ({ folder }) => {
    const path = join(folder.path, "lock");
    const failing = withFileLock(path, () => Promise.reject(new Error("work failed")));
    await expect(failing).rejects.toThrow("work failed");
    expect(await withFileLock(path, async () => "in")).toBe("in");
  });

  test("of a process that was killed is taken over by exactly one", async ({ folder }) => {
    const { pid } = spawnSync(process.execPath, ["-e", ""]);
    const path = await folder.write("lock", `${pid} ${hostname()} gone`);
    let inside = 0;
    const enter = () =>
      withFileLock(path, async () => {
        inside += 1;
        expect(inside).toBe(1);
        await sleep(5);
        inside -= 1;
      });
    await Promise.all(Array.from({ length: 8 }, enter));
  });

  test("is not taken from a process that lives", async ({ folder }) => {
    const path = join(folder.path, "lock");
    const holder = spawn(
      process.execPath,
      ["--import", "tsx", "-e", HOLDER, resolve("bin/lock.ts"), path],
      { stdio: ["pipe", "pipe", "inherit"] },
    );
    await once(holder.stdout, "data");
    let waited = false;
    const order: string[] = [];
    const entering = withFileLock(
      path,
      async () => order.push("entered"),
      () => {
        waited = true;
        order.push("released");
        holder.stdin.end();
      },
    );
    await entering;
    expect(waited).toBe(true);
    expect(order).toEqual(["released", "entered"]);
  });
});

const HOLDER = `
  const [file, path] = process.argv.slice(1);
  import(file).then(({ withFileLock }) => withFileLock(path, () => new Promise((resolve) => {
    console.log("held");
    process.stdin.on("end", resolve).resume();
  })));
`;
