/**
 * The headers of a page: what may run in it, who may frame it, what it tells others.
 * @param page.nonce fresh for each answer; only scripts that carry it run
 * @param page.https whether people reach us by https; then for two years by nothing else
 * @param page.development Next's development server evaluates code and talks by WebSocket
 */
export function securityHeaders(page: {
  nonce: string;
  https: boolean;
  development?: boolean;
}): Record<string, string> {
  const { nonce, https, development = false } = page;
  const policy = {
    "default-src": "'self'",
    "script-src": `'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    // Charts and menus set style attributes, and toasts bring a style element of their own.
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data:",
    "connect-src": development ? "'self' ws:" : "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
  };
  const directives = Object.entries(policy).map(([name, value]) => `${name} ${value}`);
  if (https) directives.push("upgrade-insecure-requests");
  return {
    "Content-Security-Policy": directives.join("; "),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    ...(https ? { "Strict-Transport-Security": "max-age=63072000; includeSubDomains" } : {}),
  };
}
