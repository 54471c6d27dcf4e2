import type { Command } from "commander";
import { type AddCommands, columns, print } from "@/bin/commands/output";
import { validate } from "@/lib/http/json";
import { idFromPath } from "@/lib/ids";
import { deleteTenant } from "@/lib/tenants/delete";
import { listTenants } from "@/lib/tenants/list";
import { provisionTenant } from "@/lib/tenants/provision";
import { provisionTenantSchema, type Tenant } from "@/lib/tenants/schema";
import { updateTenant } from "@/lib/tenants/update";
import { toEntity } from "@/lib/tenants/wire";
import { toEntityToken } from "@/lib/tokens/wire";

const row = (tenant: Tenant) => [tenant.id, tenant.status, tenant.authType, tenant.name];

/** `tenants create | list | suspend | activate | delete` */
export const addTenantCommands: AddCommands = (program, act) => {
  const tenants = program.command("tenants").description("Tenants");

  tenants
    .command("create")
    .description("provision a Tenant and its default token")
    .requiredOption("--name <name>", "its name")
    .requiredOption("--email <email>", "its contact")
    .option("--entity-id <uuid>", "its EntityId, where it exists elsewhere")
    .option("--auth-type <type>", "SystemAccessToken, JWT or Any")
    .option("--domain <domain>", "groups Tenants of one owner")
    .option("--json")
    .action(async (options, command: Command) => {
      const input = validate(provisionTenantSchema, {
        name: options.name,
        email: options.email,
        id: options.entityId,
        authType: options.authType,
        domain: options.domain,
      });
      const { tenant, defaultToken } = await act((principal) => provisionTenant(principal, input));
      const printed = { ...toEntity(tenant), DefaultToken: toEntityToken(defaultToken) };
      print(command, printed, () => [
        ...columns([row(tenant)]),
        `Default token, shown once: ${defaultToken.secret}`,
      ]);
    });

  tenants
    .command("list")
    .description("all Tenants")
    .option("--json")
    .action(async (_options, command: Command) => {
      const all = await act((principal) => listTenants(principal));
      print(command, all.map(toEntity), () => columns(all.map(row)));
    });

  const printTenant = (command: Command, tenant: Tenant) =>
    print(command, toEntity(tenant), () => columns([row(tenant)]));

  tenants
    .command("suspend <id>")
    .description("refuse every credential of a Tenant until it is activated")
    .option("--reason <text>", "why; its admins see it")
    .option("--json")
    .action(async (id: string, options, command: Command) => {
      const tenantId = idFromPath(id, "Tenant");
      const change = { tenantId, active: false, statusReason: options.reason };
      printTenant(command, await act((principal) => updateTenant(principal, change)));
    });

  tenants
    .command("activate <id>")
    .description("end a suspension")
    .option("--json")
    .action(async (id: string, _options, command: Command) => {
      const change = { tenantId: idFromPath(id, "Tenant"), active: true };
      printTenant(command, await act((principal) => updateTenant(principal, change)));
    });

  tenants
    .command("delete <id>")
    .description("end a Tenant for good; its history stays")
    .option("--json")
    .action(async (id: string, _options, command: Command) => {
      const tenantId = idFromPath(id, "Tenant");
      printTenant(command, await act((principal) => deleteTenant(principal, { tenantId })));
    });
};
