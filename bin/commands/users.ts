import type { Command } from "commander";
import { type AddCommands, columns, print } from "@/bin/commands/output";
import { tenantNamed } from "@/bin/commands/tokens";
import { validate } from "@/lib/http/json";
import { createUser } from "@/lib/users/create";
import { disableUser } from "@/lib/users/disable";
import { enableUser } from "@/lib/users/enable";
import { issueReset } from "@/lib/users/issue-reset";
import { resetTotp } from "@/lib/users/reset-totp";
import { createUserSchema, emailSchema, type User } from "@/lib/users/schema";

/** A user as the command line prints one. */
const toPrinted = (user: User) => ({
  Id: user.id,
  Email: user.email,
  Name: user.name,
  StaffRole: user.staffRole,
  Active: user.disabledAt === null,
  CreatedAt: user.createdAt,
});

/** `users create | disable | enable | reset-password | reset-totp` */
export const addUserCommands: AddCommands = (program, act) => {
  const users = program.command("users").description("people who sign in to the portal");

  users
    .command("create")
    .description("create a person; prints a random password once")
    .requiredOption("--email <email>", "what they sign in with")
    .option("--name <name>", "what they are called")
    .option("--tenant <id>", "EntityId, or master; with --role")
    .option("--role <role>", "admin or viewer; with --tenant")
    .option("--staff <role>", "support or operator, instead of a Tenant")
    .option("--json")
    .action(async (options, command: Command) => {
      const { user, password } = await act(async (principal) => {
        const tenantId = options.tenant && (await tenantNamed(principal, options.tenant));
        const input = validate(createUserSchema, {
          email: options.email,
          name: options.name,
          tenantId,
          role: options.role,
          staffRole: options.staff,
        });
        return createUser(principal, input);
      });
      print(command, { ...toPrinted(user), Password: password }, () => [
        ...columns([[user.id, user.email]]),
        `Password, shown once: ${password}`,
      ]);
    });

  users
    .command("disable <email>")
    .description("sign a person out everywhere and keep them out")
    .option("--json")
    .action(async (email: string, _options, command: Command) => {
      const input = { email: validate(emailSchema, email) };
      const user = await act((principal) => disableUser(principal, input));
      print(command, toPrinted(user), () => columns([[user.id, user.email, "disabled"]]));
    });

  users
    .command("enable <email>")
    .description("let a disabled person sign in again")
    .option("--json")
    .action(async (email: string, _options, command: Command) => {
      const input = { email: validate(emailSchema, email) };
      const user = await act((principal) => enableUser(principal, input));
      print(command, toPrinted(user), () => columns([[user.id, user.email, "enabled"]]));
    });

  users
    .command("reset-password <email>")
    .description(
      "print a link, good once and for an hour, by which a person sets a new password; mails nothing",
    )
    .option("--json")
    .action(async (email: string, _options, command: Command) => {
      const input = { email: validate(emailSchema, email) };
      const { link, expiresAt } = await act((principal) => issueReset(principal, input));
      print(command, { Email: input.email, Link: link, ExpiresAt: expiresAt }, () => [
        `Link, shown once, good until ${expiresAt}: ${link}`,
      ]);
    });

  users
    .command("reset-totp <email>")
    .description("turn two-step sign-in off for a person who lost the second step")
    .option("--json")
    .action(async (email: string, _options, command: Command) => {
      const input = { email: validate(emailSchema, email) };
      await act((principal) => resetTotp(principal, input));
      print(command, { Email: input.email, Totp: false }, () => [
        `Two-step sign-in of ${input.email} is off.`,
      ]);
    });
};
