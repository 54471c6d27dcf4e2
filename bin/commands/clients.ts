import type { Command } from "commander";
import { type Act, type AddCommands, columns, print } from "@/bin/commands/output";
import { tenantNamed, words } from "@/bin/commands/tokens";
import { addClientSecret } from "@/lib/clients/add-secret";
import { clientIdFromPath } from "@/lib/clients/client";
import { createClient } from "@/lib/clients/create";
import { listClients } from "@/lib/clients/list";
import { getTenantOfClient } from "@/lib/clients/owner";
import { retireClientSecret } from "@/lib/clients/retire-secret";
import { revokeClient } from "@/lib/clients/revoke";
import { type Client, type ClientWithSecret, createClientSchema } from "@/lib/clients/schema";
import { toEntityClient } from "@/lib/clients/wire";
import { validate } from "@/lib/http/json";
import { idFromPath } from "@/lib/ids";
import type { CliPrincipal } from "@/lib/principal";

const row = (client: Client) => [
  client.clientId,
  client.status,
  `${client.secrets.length} secret(s)`,
  client.scopes.join(" "),
  client.name,
];

/** `clients create | list | revoke`, `clients secrets add | retire` */
export const addClientCommands: AddCommands = (program, act) => {
  const clients = program.command("clients").description("OAuth clients, which get JWTs");

  clients
    .command("create")
    .description("create a client with its first secret")
    .requiredOption("--tenant <id>", "EntityId, or master")
    .requiredOption("--name <name>", "which System it is for")
    .option("--scopes <scopes>", "by space; broker unless told")
    .option("--json")
    .action(async (options, command: Command) => {
      const input = validate(createClientSchema, {
        name: options.name,
        scopes: words(options.scopes),
      });
      const client = await act(async (principal) =>
        createClient(principal, {
          ...input,
          tenantId: await tenantNamed(principal, options.tenant),
        }),
      );
      printWithSecret(command, client);
    });

  clients
    .command("list")
    .description("a Tenant's clients, newest first")
    .requiredOption("--tenant <id>", "EntityId, or master")
    .option("--json")
    .action(async (options, command: Command) => {
      const all = await act(async (principal) =>
        listClients(principal, { tenantId: await tenantNamed(principal, options.tenant) }),
      );
      print(command, all.map(toEntityClient), () => columns(all.map(row)));
    });

  clients
    .command("revoke <id>")
    .description("revoke a client, its secrets and its JWTs for good")
    .option("--json")
    .action(async (id: string, _options, command: Command) => {
      printClient(command, await onClient(act, id, revokeClient));
    });

  const secrets = clients.command("secrets").description("secrets of a client, two live at most");

  secrets
    .command("add <id>")
    .description("add a secret beside the one in use")
    .option("--json")
    .action(async (id: string, _options, command: Command) => {
      printWithSecret(command, await onClient(act, id, addClientSecret));
    });

  secrets
    .command("retire <id> <secret-id>")
    .description("retire one of two secrets for good")
    .option("--json")
    .action(async (id: string, secret: string, _options, command: Command) => {
      const secretId = idFromPath(secret, "secret");
      const client = await onClient(act, id, (principal, input) =>
        retireClientSecret(principal, { ...input, secretId }),
      );
      printClient(command, client);
    });
};

/** Runs a verb on a client named by its ClientId alone. */
function onClient<T>(
  act: Act,
  id: string,
  verb: (principal: CliPrincipal, input: { tenantId: string; clientId: string }) => Promise<T>,
): Promise<T> {
  const clientId = clientIdFromPath(id);
  return act(async (principal) =>
    verb(principal, { clientId, tenantId: await getTenantOfClient(principal, { clientId }) }),
  );
}

const printClient = (command: Command, client: Client) =>
  print(command, toEntityClient(client), () => columns([row(client)]));

const printWithSecret = (command: Command, client: ClientWithSecret) =>
  print(command, toEntityClient(client), () => [
    ...columns([row(client)]),
    `Secret, shown once: ${client.secret}`,
  ]);
