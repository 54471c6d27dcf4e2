/** What a reader prefers, in cookies so that the server's first paint is already right. */
export const THEME_COOKIE = "theme";
export const ZONE_COOKIE = "tz";

export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

/** The theme a cookie's value names; "system" for anything else. */
export function parseTheme(value: string | undefined): Theme {
  return value === "light" || value === "dark" ? value : "system";
}

/** The IANA time zone a cookie's value names; "UTC" for anything this runtime does not know. */
export function parseZone(value: string | undefined): string {
  if (!value || !/^[A-Za-z0-9_+\-/]{1,64}$/.test(value)) return "UTC";
  try {
    return new Intl.DateTimeFormat("en", { timeZone: value }).resolvedOptions().timeZone;
  } catch {
    return "UTC";
  }
}

/** The browser's own time zone. */
export function browserZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
}

/** Remembers a preference for a year. Neither is a secret, so both are readable by script. */
export function remember(name: string, value: string): void {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not everywhere yet.
  document.cookie = `${name}=${value}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
}

/** Shows a theme now and at every later visit. */
export function applyTheme(theme: Theme): void {
  const root = document.documentElement;
  if (theme === "system") delete root.dataset.theme;
  else root.dataset.theme = theme;
  remember(THEME_COOKIE, theme);
}
