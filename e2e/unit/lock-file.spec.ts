import { existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "@playwright/test";
import { withLockFile } from "@/db/embedded/lock-file";
import { startOf } from "@/db/embedded/process-info";
import { test } from "../support/folder";

test.describe("a lock file", () => {
  test("lets one in at a time, and is gone afterwards", async ({ folder }) => {
    const file = path.join(folder.path, "lock");
    let inside = 0;
    const work = async (n: number) => {
      expect(++inside).toBe(1);
      await sleep(1);
      inside--;
      if (n % 5 === 0) throw new Error("it failed");
    };
    const all = await Promise.allSettled(
      Array.from({ length: 20 }, (_, n) => withLockFile(file, () => work(n))),
    );
    expect(all.filter(({ status }) => status === "rejected")).toHaveLength(4);
    expect(existsSync(file)).toBe(false);
  });

  const owners = {
    "a power cut": "",
    "a process that is gone": `4194304 1 x`,
    "a process whose pid another one has now": `${process.pid} 1 x`,
  };
  for (const [whom, contents] of Object.entries(owners)) {
    test(`left behind by ${whom} is taken over, by one at a time`, async ({ folder }) => {
      const file = path.join(folder.path, "lock");
      writeFileSync(file, contents);
      let inside = 0;
      await Promise.all(
        Array.from({ length: 10 }, () =>
          withLockFile(file, async () => {
            expect(++inside).toBe(1);
            await sleep(1);
            inside--;
          }),
        ),
      );
    });
  }

  test("of a living process is waited for, then given up on", async ({ folder }) => {
    const file = path.join(folder.path, "lock");
    writeFileSync(file, `${process.ppid} ${startOf(process.ppid)} x`);
    await expect(withLockFile(file, async () => {}, 100)).rejects.toMatchObject({
      code: "embedded_database",
    });
    expect(existsSync(file)).toBe(true);
  });
});
