import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { SMTPServer } from "smtp-server";

/** A mail as it arrived: to whom by the envelope, its head, and its text as one reads it. */
export type Mail = { to: string[]; head: string; text: string; link: string };

/** A real mail server that takes what goes to `mail.example`. */
export type MailServer = { port: number; mails: Mail[]; links: string[]; close(): Promise<void> };

/** @param port where it listens on 127.0.0.1; any that is free unless told */
export async function startMail(port = 0): Promise<MailServer> {
  const mails: Mail[] = [];
  const links: string[] = [];
  const server = new SMTPServer({
    disabledCommands: ["STARTTLS"],
    allowInsecureAuth: true,
    onAuth: (_auth, _session, done) => done(null, { user: "broker" }),
    onRcptTo: ({ address }, _session, done) =>
      done(address.endsWith("@mail.example") ? null : new Error("Not here.")),
    onData: (stream, session, done) => {
      void text(stream).then((message) => {
        const mail = read(message);
        mails.push({ ...mail, to: session.envelope.rcptTo.map(({ address }) => address) });
        links.push(mail.link);
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return {
    port: (server.server.address() as AddressInfo).port,
    mails,
    links,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

/** Head and text of a message in one part, quoted-printable (RFC 2045 section 6.7) or plain. */
function read(message: string): Omit<Mail, "to"> {
  const [head = "", ...parts] = message.split("\r\n\r\n");
  const body = parts.join("\n\n").replaceAll("\r\n", "\n");
  const decoded = /^Content-Transfer-Encoding: quoted-printable/im.test(head)
    ? body
        .replace(/=\n/g, "")
        .replace(/(?:=[0-9A-F]{2})+/g, (bytes) =>
          Buffer.from(bytes.replaceAll("=", ""), "hex").toString(),
        )
    : body;
  return { head, text: decoded, link: decoded.match(/https?:\/\/\S+#\S+/)?.[0] ?? "" };
}
