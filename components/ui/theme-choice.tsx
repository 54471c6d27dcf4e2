"use client";
import { useState } from "react";
import { applyTheme, parseTheme, type Theme } from "@/lib/browser/preferences";
import { MenuChoice } from "./menu";
import { Segmented } from "./segmented";

const options = [
  { value: "system", label: "System" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
] as const;

function useTheme(initial: Theme) {
  const [theme, setTheme] = useState(() =>
    // It may have changed since the server rendered the page.
    typeof document === "undefined" ? initial : parseTheme(document.documentElement.dataset.theme),
  );
  const choose = (next: Theme) => {
    applyTheme(next);
    setTheme(next);
  };
  return [theme, choose] as const;
}

/** The theme as three words side by side. `initial` comes from the cookie, by the server. */
export function ThemeSwitch({ initial }: { initial: Theme }) {
  const [theme, choose] = useTheme(initial);
  return <Segmented label="Theme" value={theme} onValueChange={choose} options={options} />;
}

/** The same inside a menu. */
export function ThemeMenuItems({ initial }: { initial: Theme }) {
  const [theme, choose] = useTheme(initial);
  return <MenuChoice label="Theme" value={theme} onValueChange={choose} options={options} />;
}
