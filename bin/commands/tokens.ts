import type { Command } from "commander";
import { type AddCommands, columns, print } from "@/bin/commands/output";
import { validate } from "@/lib/http/json";
import { idFromPath } from "@/lib/ids";
import type { Principal } from "@/lib/principal";
import { getMasterTenant, getTenant } from "@/lib/tenants/get";
import { issueToken } from "@/lib/tokens/issue";
import { listTokens } from "@/lib/tokens/list";
import { getTenantOfToken } from "@/lib/tokens/owner";
import { replaceToken } from "@/lib/tokens/replace";
import { revokeToken } from "@/lib/tokens/revoke";
import {
  type IssuedToken,
  issueTokenSchema,
  replaceTokenSchema,
  type Token,
} from "@/lib/tokens/schema";
import { toEntityToken } from "@/lib/tokens/wire";

const row = (token: Token) => [
  token.id,
  token.status,
  token.hint,
  token.scopes.join(" "),
  token.name,
];

/** A Tenant as named on the command line: its EntityId, or `master`. */
export async function tenantNamed(principal: Principal, name: string): Promise<string> {
  if (name === "master") return (await getMasterTenant(principal)).id;
  return (await getTenant(principal, { tenantId: idFromPath(name, "Tenant") })).id;
}

/** Scopes as typed: by space or comma. */
export const words = (text: string | undefined) =>
  text?.split(/[\s,]+/).filter((word) => word !== "");

/** `tokens issue | list | revoke | replace` */
export const addTokenCommands: AddCommands = (program, act) => {
  const tokens = program.command("tokens").description("System Access Tokens");

  const printIssued = (command: Command, token: IssuedToken) =>
    print(command, toEntityToken(token), () => [
      ...columns([row(token)]),
      `Shown once: ${token.secret}`,
    ]);

  tokens
    .command("issue")
    .description("issue a token to a Tenant")
    .requiredOption("--tenant <id>", "EntityId, or master")
    .requiredOption("--name <name>", "which System it is for")
    .option("--scopes <scopes>", "by space; broker unless told")
    .option("--json")
    .action(async (options, command: Command) => {
      const input = validate(issueTokenSchema, {
        name: options.name,
        scopes: words(options.scopes),
      });
      const token = await act(async (principal) =>
        issueToken(principal, { ...input, tenantId: await tenantNamed(principal, options.tenant) }),
      );
      printIssued(command, token);
    });

  tokens
    .command("list")
    .description("a Tenant's tokens, newest first")
    .requiredOption("--tenant <id>", "EntityId, or master")
    .option("--json")
    .action(async (options, command: Command) => {
      const all = await act(async (principal) =>
        listTokens(principal, { tenantId: await tenantNamed(principal, options.tenant) }),
      );
      print(command, all.map(toEntityToken), () => columns(all.map(row)));
    });

  tokens
    .command("revoke <id>")
    .description("revoke a token for good")
    .option("--json")
    .action(async (id: string, _options, command: Command) => {
      const tokenId = idFromPath(id, "token");
      const token = await act(async (principal) => {
        const tenantId = await getTenantOfToken(principal, { tokenId });
        return revokeToken(principal, { tenantId, tokenId });
      });
      print(command, toEntityToken(token), () => columns([row(token)]));
    });

  tokens
    .command("replace <id>")
    .description("issue a successor and schedule the predecessor's revocation")
    .option("--overlap <seconds>", "both are good for so long", "0")
    .option("--name <name>", "a new label")
    .option("--json")
    .action(async (id: string, options, command: Command) => {
      const tokenId = idFromPath(id, "token");
      const overlapSeconds = Number(options.overlap);
      const input = validate(replaceTokenSchema, { overlapSeconds, name: options.name });
      const token = await act(async (principal) => {
        const tenantId = await getTenantOfToken(principal, { tokenId });
        return replaceToken(principal, { ...input, tenantId, tokenId });
      });
      printIssued(command, token);
    });
};
