import { test } from "@playwright/test";
import { ensureBuild } from "@/bin/build";

test("the production build succeeds", async () => {
  await ensureBuild({ log: console.log });
});
