import { test } from "@playwright/test";
import { ensureBrowser } from "@/e2e/support/browser";

test("a browser starts", async () => {
  await ensureBrowser();
});
