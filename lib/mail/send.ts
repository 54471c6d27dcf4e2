import { createTransport, type Transporter } from "nodemailer";
import { log } from "@/lib/log";
import { settings } from "@/lib/settings";

export type Message = { to: string; subject: string; text: string };

const key = Symbol.for("servicebroker.mail");
const shared = globalThis as { [key: symbol]: Transporter | undefined };

function transporter(url: string): Transporter {
  shared[key] ??= createTransport({
    url,
    connectionTimeout: 5_000,
    greetingTimeout: 5_000,
    socketTimeout: 10_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  } as Parameters<typeof createTransport>[0]);
  return shared[key];
}

/** Whether there is a mail server at all. */
export const canMail = (): boolean => settings().SMTP_URL !== undefined;

/**
 * Hands a message to the mail server.
 * @returns false where there is none, or it did not take the message: that is logged without text
 *   and address.
 */
export async function sendMail(message: Message): Promise<boolean> {
  const { SMTP_URL, BROKER_MAIL_FROM, publicUrl } = settings();
  if (!SMTP_URL) return false;
  const from = BROKER_MAIL_FROM ?? `ServiceBroker Access <no-reply@${new URL(publicUrl).hostname}>`;
  try {
    await transporter(SMTP_URL).sendMail({ ...message, from });
    return true;
  } catch (error) {
    const { code, responseCode } = error as { code?: string; responseCode?: number };
    log().error({ code, responseCode }, "the mail server did not take a message");
    return false;
  }
}
