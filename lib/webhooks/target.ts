import { lookup } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";
import { AppError } from "@/lib/errors";

/** Thrown where a name leads to an address that webhooks may not go to. */
export class ForbiddenTarget extends Error {
  readonly code = "FORBIDDEN_TARGET";
}

/** Whether an address is one of the open internet: not private, loopback, link-local or reserved. */
export function isPublicAddress(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === "unicast";
}

/**
 * Reads the URL of a webhook.
 * @param anywhere whether private addresses and plain http are allowed (a setting).
 * @throws AppError `invalid_request` that says what is wrong with it.
 */
export function parseTarget(text: string, anywhere: boolean): URL {
  if (!URL.canParse(text)) throw wrong("Must be a URL.");
  const url = new URL(text);
  if (url.protocol !== "https:" && !(anywhere && url.protocol === "http:")) {
    throw wrong("Must be an https URL.");
  }
  if (url.username || url.password) throw wrong("Must not hold a user name or a password.");
  const host = hostOf(url);
  if (!anywhere && isIP(host) && !isPublicAddress(host)) throw wrong("Must be a public address.");
  if (!anywhere && /(^|\.)localhost\.?$/i.test(host)) throw wrong("Must be a public address.");
  url.hash = "";
  return url;
}

/** The host without the brackets of an IPv6 address. */
export const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, "");

/**
 * Resolves a name for the very connection that is made, and refuses it when any of its addresses
 * isn't public: what was checked is what is connected to.
 */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, "", 0);
    if (addresses.length === 0 || !addresses.every(({ address }) => isPublicAddress(address))) {
      return callback(new ForbiddenTarget("Not a public address."), "", 0);
    }
    const [first] = addresses as [{ address: string; family: number }];
    if (options.all) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
};

const wrong = (message: string) =>
  new AppError("invalid_request", `Url: ${message}`, { issues: [{ path: "Url", message }] });
