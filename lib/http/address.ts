import ipaddr from "ipaddr.js";

type Range = [ipaddr.IPv4 | ipaddr.IPv6, number];

/**
 * Reads `BROKER_TRUSTED_PROXIES`: addresses and CIDR ranges, by comma.
 * @throws Error that names the entry that is neither.
 */
export function parseProxies(text: string): Range[] {
  const entries = text.split(",").map((entry) => entry.trim());
  return entries
    .filter((entry) => entry !== "")
    .map((entry) => {
      try {
        if (entry.includes("/")) return ipaddr.parseCIDR(entry);
        const address = ipaddr.process(entry);
        return [address, address.kind() === "ipv4" ? 32 : 128];
      } catch {
        throw new Error(`BROKER_TRUSTED_PROXIES: ${entry} is neither an address nor a CIDR range.`);
      }
    });
}

/**
 * The client's address. `X-Forwarded-For` is believed only as far as trusted proxies vouch for it:
 * read from the right, the first address that isn't a trusted proxy is the client.
 */
export function clientAddress(
  peer: string | null,
  forwardedFor: string | undefined,
  proxies: Range[],
): string | null {
  const direct = normalize(peer);
  if (proxies.length === 0 || !forwardedFor || !direct || !trusted(direct, proxies)) return direct;
  const hops = forwardedFor.split(",").map((hop) => hop.trim());
  let nearest = direct;
  for (const hop of hops.reverse()) {
    const address = normalize(hop);
    if (!address) return nearest;
    nearest = address;
    if (!trusted(address, proxies)) return address;
  }
  return nearest;
}

/** An address in its plain form, IPv4 out of its IPv6 mapping; null for what is none. */
function normalize(address: string | null): string | null {
  if (address?.startsWith("::ffff:") && address.includes(".")) return address.slice(7);
  return address && ipaddr.isValid(address) ? address : null;
}

function trusted(address: string, proxies: Range[]): boolean {
  const parsed = ipaddr.process(address);
  return proxies.some(
    ([range, bits]) => parsed.kind() === range.kind() && parsed.match(range, bits),
  );
}
