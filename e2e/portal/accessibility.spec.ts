import { axe, choose, expect, rowOf, test, windows } from "@/e2e/support/portal";

for (const viewport of windows) {
  test.describe(`${viewport.width} px`, () => {
    test.use({ viewport, contextOptions: { reducedMotion: "reduce" } });

    test("axe finds nothing in any dialog or menu of the tokens page", async ({
      asAdmin,
      issue,
      tenant,
    }) => {
      await issue(tenant, { Name: "Payroll" });
      const page = await asAdmin("/tokens");
      const sound = async (where: string) => expect(await axe(page), where).toEqual([]);

      await page.getByRole("button", { name: "Issue token" }).click();
      await expect(page.getByRole("dialog")).toBeVisible();
      await sound("issue");
      await page.getByRole("dialog").getByRole("button", { name: "Issue token" }).click();
      await sound("issue, refused");
      await page.getByRole("dialog").getByLabel("Label").fill("Another");
      await page.getByRole("dialog").getByRole("button", { name: "Issue token" }).click();
      await expect(page.getByRole("dialog", { name: "Token issued" })).toBeVisible();
      await sound("issued");
      await page.getByRole("checkbox", { name: "I have stored it" }).click();
      await page.getByRole("button", { name: "Done" }).click();

      await rowOf(page, "Payroll")
        .getByRole("button", { name: /^Actions/ })
        .click();
      await expect(page.getByRole("menu")).toBeVisible();
      await sound("menu");
      await page.keyboard.press("Escape");
      for (const [action, role] of [
        ["Rename", "dialog"],
        ["Replace", "dialog"],
        ["Revoke", "alertdialog"],
      ] as const) {
        await choose(page, "Payroll", action);
        await expect(page.getByRole(role)).toBeVisible();
        await sound(action);
        await page.keyboard.press("Escape");
        await expect(page.getByRole(role)).toBeHidden();
      }
      await page
        .getByRole("button", { name: /^Account/ })
        .locator("visible=true")
        .click();
      await expect(page.getByRole("menuitem", { name: "Sign out" })).toBeVisible();
      await sound("account menu");
    });
  });
}

test("what looks for faults finds one that is planted, in the theme that has it", async ({
  page,
}) => {
  await page.goto("/sign-in");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  expect(await axe(page)).toEqual([]);
  await page.evaluate(() => {
    for (const [text, color] of [
      ["of the dark", "light-dark(white, #222)"],
      ["of the light", "light-dark(#222, white)"],
    ] as const) {
      const line = Object.assign(document.createElement("p"), { textContent: text });
      Object.assign(line.style, { background: "black", color });
      document.querySelector("h1")?.after(line);
    }
    document.querySelector("h1")?.after(document.createElement("button"));
  });
  expect((await axe(page)).map((line) => line.replace(/<.*>(.*)<.*>/, "$1"))).toEqual([
    "dark: color-contrast: of the dark",
    "light: button-name: ",
    "light: color-contrast: of the light",
  ]);
});
