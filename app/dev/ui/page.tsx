import type { Metadata } from "next";
import { cookies } from "next/headers";
import { notFound } from "next/navigation";
import { Gallery } from "@/components/dev/gallery";
import { parseTheme, THEME_COOKIE } from "@/lib/browser/preferences";

export const metadata: Metadata = { title: "Primitives" };

/** Every primitive in every state, for those who build pages. Not in production unless asked for. */
export default async function DevUiPage() {
  if (process.env.NODE_ENV === "production" && process.env.BROKER_DEV_UI !== "on") notFound();
  const theme = parseTheme((await cookies()).get(THEME_COOKIE)?.value);
  return <Gallery now={Date.now()} theme={theme} />;
}
