import { postOf } from "@/e2e/support/oauth";
import { axe, expect, overflow, rowOf, test } from "@/e2e/support/portal";

const grant = { grant_type: "client_credentials" };

test.describe("The Clients page", () => {
  test("creates a client, shows its secret once, and replaces it without an outage", async ({
    asAdmin,
    api,
  }) => {
    const post = postOf(api);
    const page = await asAdmin("/clients");
    await page.getByRole("button", { name: "Create client" }).first().click();
    const dialog = page.getByRole("dialog", { name: "Create a client" });
    await dialog.getByLabel("Label").fill("Acme ERP");
    await dialog.getByRole("button", { name: "Create client" }).click();
    const created = page.getByRole("dialog", { name: "Client created" });
    const ClientId = await created.getByLabel("ClientId", { exact: true }).inputValue();
    const ClientSecret = await created.getByLabel("Client secret", { exact: true }).inputValue();
    expect((await post("/oauth2/token", grant, { ClientId, ClientSecret })).status).toBe(200);
    await created.getByRole("checkbox", { name: "I have stored it" }).click();
    await created.getByRole("button", { name: "Done" }).click();
    await expect(rowOf(page, "Acme ERP")).toContainText("Active");
    expect(await page.content()).not.toContain(ClientSecret);

    const open = async (item: string) => {
      await page.getByRole("button", { name: "Actions for Acme ERP" }).click();
      await page.getByRole("menuitem", { name: item }).click();
    };
    await open("Secrets");
    const secrets = page.getByRole("dialog", { name: "Secrets" });
    await expect(secrets.getByRole("button", { name: /^Retire/ })).toBeDisabled();
    await secrets.getByRole("button", { name: "Add secret" }).click();
    const added = page.getByRole("dialog", { name: "Secret added" });
    const fresh = await added.getByLabel("Client secret", { exact: true }).inputValue();
    await added.getByRole("checkbox", { name: "I have stored it" }).click();
    await added.getByRole("button", { name: "Done" }).click();

    await open("Secrets");
    await page.getByRole("button", { name: `Retire sbcs_…${ClientSecret.slice(-4)}` }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Retire secret" }).click();
    await expect(page.getByText("Secret retired")).toBeVisible();
    expect((await post("/oauth2/token", grant, { ClientId, ClientSecret })).status).toBe(401);
    const good = { ClientId, ClientSecret: fresh };
    expect((await post("/oauth2/token", grant, good)).status).toBe(200);
    await page.keyboard.press("Escape");

    await open("Revoke");
    const revoke = page.getByRole("alertdialog", { name: "Revoke client" });
    const button = revoke.getByRole("button", { name: "Revoke client" });
    await expect(button).toBeDisabled();
    await revoke.getByRole("textbox").fill("Acme ERP");
    await button.click();
    await expect(rowOf(page, "Acme ERP")).toContainText("Revoked");
    expect((await post("/oauth2/token", grant, good)).status).toBe(401);
  });

  test("AuthType: names the tokens that stop working before it is changed", async ({
    asAdmin,
    api,
    tenant,
  }) => {
    const page = await asAdmin("/clients");
    await page.getByRole("radio", { name: "JWTs only" }).click();
    await page.getByRole("button", { name: "Change", exact: true }).click();
    const ask = page.getByRole("alertdialog", { name: "Change AuthType" });
    await expect(ask).toContainText("1 token will be refused");
    await expect(ask).toContainText("Default token");
    await expect(ask.getByRole("button", { name: "Change AuthType" })).toBeDisabled();
    await ask.getByRole("textbox").fill("JWT");
    await ask.getByRole("button", { name: "Change AuthType" }).click();
    await expect(page.getByText("AuthType changed")).toBeVisible();
    expect((await api("GET", "/up/v5/verify", { token: tenant.token })).status).toBe(401);
    await page.getByRole("radio", { name: "System Access Tokens and JWTs" }).click();
    await page.getByRole("button", { name: "Change", exact: true }).click();
    await expect(ask).toContainText("No active credential");
    await ask.getByRole("button", { name: "Change AuthType" }).click();
    await expect(ask).toBeHidden();
    expect((await api("GET", "/up/v5/verify", { token: tenant.token })).status).toBe(200);
  });

  test("a viewer sees clients and AuthType and can change neither", async ({
    asViewer,
    api,
    tenant,
    pageUrl,
  }) => {
    const json = { Name: "Seen" };
    await api("POST", "/up/v5/entityClient", { token: tenant.token, json });
    const page = await asViewer("/clients");
    await expect(rowOf(page, "Seen")).toBeVisible();
    await expect(page.getByRole("button", { name: /Create|Actions|^Change$/ })).toHaveCount(0);
    await expect(page.getByRole("radio", { name: "JWTs only" })).toBeDisabled();
    const base = new URL(pageUrl()).origin;
    for (const [method, path, data] of [
      ["POST", "clients", { name: "x" }],
      ["PUT", "auth-type", { authType: "JWT" }],
    ] as const) {
      const answer = await page.request.fetch(`/api/tenants/${tenant.entityId}/${path}`, {
        method,
        data,
        headers: { Origin: base },
      });
      expect(answer.status()).toBe(403);
    }
  });

  test("has no accessibility violation, and fits a phone", async ({ asAdmin, api, tenant }) => {
    const json = { Name: "A client with a rather long label that has to be cut somewhere" };
    await api("POST", "/up/v5/entityClient", { token: tenant.token, json });
    const page = await asAdmin("/clients");
    await expect(rowOf(page, "A client")).toBeVisible();
    expect(await axe(page)).toEqual([]);
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await overflow(page)).toBe(0);
  });
});
