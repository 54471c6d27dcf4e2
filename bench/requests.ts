import { randomBytes } from "node:crypto";
import type { Seeded } from "./seed";

/** Whole requests, as the load generator writes them to its sockets. */
export const get = (path: string, headers: Record<string, string> = {}) =>
  `GET ${path} HTTP/1.1\r\nHost: broker.example\r\n${Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join("")}\r\n`;

export const bearing = (path: string, tokens: string[]) =>
  tokens.map((token) => get(path, { Authorization: `Bearer ${token}` }));

/** Of the form of a System Access Token, with a checksum that is wrong. */
export const garbage = Array.from(
  { length: 1_000 },
  () => `sbat_${randomBytes(37).toString("hex").slice(0, 49)}`,
);

export const form = (path: string, fields: Record<string, string>) => {
  const body = new URLSearchParams(fields).toString();
  const type = "Content-Type: application/x-www-form-urlencoded";
  return `POST ${path} HTTP/1.1\r\nHost: broker.example\r\n${type}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
};

export const tokenRequest = (path: string, { id, secret }: Seeded["client"]) =>
  form(path, { grant_type: "client_credentials", client_id: id, client_secret: secret });
