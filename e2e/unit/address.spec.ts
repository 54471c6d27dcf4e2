import { expect, test } from "@playwright/test";
import { clientAddress, parseProxies } from "@/lib/http/address";

const proxies = parseProxies("10.0.0.0/8, 192.0.2.7, 2001:db8::/32");

test.describe("the client's address", () => {
  test("is the peer's where the peer is no trusted proxy, whatever X-Forwarded-For says", () => {
    expect(clientAddress("198.51.100.9", "203.0.113.1", proxies)).toBe("198.51.100.9");
    expect(clientAddress("10.0.0.1", "203.0.113.1", [])).toBe("10.0.0.1");
  });

  test("is the one that the nearest trusted proxy saw, not one that the client wrote before it", () => {
    expect(clientAddress("10.0.0.1", "1.1.1.1, 203.0.113.1", proxies)).toBe("203.0.113.1");
    expect(clientAddress("10.0.0.1", "1.1.1.1, 203.0.113.1, 192.0.2.7", proxies)).toBe(
      "203.0.113.1",
    );
  });

  test("stops at what is no address", () => {
    expect(clientAddress("10.0.0.1", "203.0.113.1, nonsense", proxies)).toBe("10.0.0.1");
    expect(clientAddress("10.0.0.1", "", proxies)).toBe("10.0.0.1");
  });

  test("comes out of its IPv6 mapping, and IPv6 is understood", () => {
    expect(clientAddress("::ffff:10.0.0.1", "203.0.113.1", proxies)).toBe("203.0.113.1");
    expect(clientAddress("2001:db8::1", "2001:db9::5", proxies)).toBe("2001:db9::5");
  });

  test("of a proxy that is misspelt stops the start", () => {
    expect(() => parseProxies("10.0.0.0/8, proxy.internal")).toThrow("proxy.internal");
  });
});
