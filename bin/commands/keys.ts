import type { Command } from "commander";
import { type AddCommands, columns, print } from "@/bin/commands/output";
import { AppError } from "@/lib/errors";
import { listKeys } from "@/lib/keys/list";
import { rekeyKeys } from "@/lib/keys/rekey";
import { rotateKeys } from "@/lib/keys/rotate";
import type { SigningKey } from "@/lib/keys/schema";

/** A signing key as the command line prints one. */
const toPrinted = (key: SigningKey) => ({
  Kid: key.kid,
  State: key.state,
  Alg: "ES256",
  PublicJwk: key.publicJwk,
  CreatedAt: key.createdAt,
  SignsFrom: key.signsFrom,
  SignsUntil: key.signsUntil,
  PublishedUntil: key.publishedUntil,
});

const row = (key: SigningKey) => [key.kid, key.state, `signs from ${key.signsFrom}`];

/** `keys list | rotate | rekey` */
export const addKeyCommands: AddCommands = (program, act) => {
  const keys = program.command("keys").description("signing keys of JWTs");

  keys
    .command("list")
    .description("next, current and previous keys, public half")
    .option("--json")
    .action(async (_options, command: Command) => {
      const all = await act(listKeys);
      print(command, all.map(toPrinted), () => columns(all.map(row)));
    });

  keys
    .command("rotate")
    .description("let the next key take over, as soon as everybody can know it")
    .option("--json")
    .action(async (_options, command: Command) => {
      const { keys: all, takeover, pending } = await act(rotateKeys);
      print(command, all.map(toPrinted), () => [
        ...columns(all.map(row)),
        pending
          ? `The next key takes over at ${takeover}: until then somebody's cached key set may lack it.`
          : "The next key has taken over.",
      ]);
    });

  keys
    .command("rekey")
    .description("seal all that is kept sealed under BROKER_SECRET_KEY, from BROKER_SECRET_KEY_OLD")
    .option("--json")
    .action(async (_options, command: Command) => {
      const oldSecretKey = process.env.BROKER_SECRET_KEY_OLD;
      if (!oldSecretKey) {
        throw new AppError(
          "invalid_request",
          "Set BROKER_SECRET_KEY_OLD to the secret key before.",
        );
      }
      const rekeyed = await act((principal) => rekeyKeys(principal, { oldSecretKey }));
      print(command, rekeyed.keys.map(toPrinted), () => [
        ...columns(rekeyed.keys.map(row)),
        `Sealed anew besides: ${rekeyed.seeds} TOTP seeds, ${rekeyed.webhookSecrets} secrets of webhooks.`,
      ]);
    });
};
