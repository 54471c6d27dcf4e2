import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { ClockProvider } from "@/components/ui/time";
import { Toaster } from "@/components/ui/toast";
import { TooltipProvider } from "@/components/ui/tooltip";
import { parseTheme, parseZone, THEME_COOKIE, ZONE_COOKIE } from "@/lib/browser/preferences";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "ServiceBroker Access", template: "%s · ServiceBroker Access" },
  description: "System Access Tokens for a multi-tenant API.",
  robots: { index: false, follow: false },
  referrer: "same-origin",
};

export const viewport: Viewport = {
  colorScheme: "light dark",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f7f7f8" },
    { media: "(prefers-color-scheme: dark)", color: "#0d0e10" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const jar = await cookies();
  const theme = parseTheme(jar.get(THEME_COOKIE)?.value);
  return (
    // The switch sets data-theme in the browser, before React knows.
    <html lang="en" data-theme={theme === "system" ? undefined : theme} suppressHydrationWarning>
      <body>
        <ClockProvider now={Date.now()} zone={parseZone(jar.get(ZONE_COOKIE)?.value)}>
          <TooltipProvider>{children}</TooltipProvider>
        </ClockProvider>
        <Toaster />
      </body>
    </html>
  );
}
