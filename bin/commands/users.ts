import type { Command } from "commander";
import { type AddCommands, columns, print } from "@/bin/commands/output";
import { tenantNamed } from "@/bin/commands/tokens";
import { validate } from "@/lib/http/json";
import { createUser } from "@/lib/users/create";
import { disableUser } from "@/lib/users/disable";
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

/** `users create | disable` */
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
};
