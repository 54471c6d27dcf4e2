"use client";
import { Search } from "lucide-react";
import dynamic from "next/dynamic";
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useState,
  useSyncExternalStore,
} from "react";
import type { Place } from "@/components/shell/navigation";
import { IconButton } from "@/components/ui/button";

const load = () => import("./palette");
const Palette = dynamic(load, { ssr: false });
const Open = createContext<() => void>(() => {});

/** A dialog that is not just a list under its button: what it asks comes first. */
const DIALOG =
  ":is([role=dialog], [role=alertdialog]):not([data-radix-popper-content-wrapper] *, [data-palette])";

/**
 * Opens the command palette on Ctrl+K or Cmd+K, and for the buttons inside. Its code comes with
 * the first use.
 */
export function PaletteHost({ place, children }: { place: Place; children: ReactNode }) {
  const [open, setOpen] = useState(false);
  const close = useCallback(() => setOpen(false), []);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
      if (event.shiftKey || event.altKey || document.querySelector(DIALOG)) return;
      event.preventDefault();
      setOpen((now) => !now);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
  return (
    <Open value={() => setOpen(true)}>
      {children}
      {open && <Palette place={place} onClose={close} />}
    </Open>
  );
}

const label = "Go to a token, Tenant, page or action";
const props = {
  "aria-haspopup": "dialog",
  "aria-keyshortcuts": "Control+K Meta+K",
  onPointerEnter: () => void load(),
  onFocus: () => void load(),
} as const;

/** Opens the palette: an icon. */
export function PaletteIconButton() {
  const open = useContext(Open);
  return (
    <IconButton label={label} tooltip={false} onClick={open} {...props}>
      <Search aria-hidden />
    </IconButton>
  );
}

/** Opens the palette: looks like the search box that it leads to. */
export function PaletteButton() {
  const open = useContext(Open);
  return (
    <button
      type="button"
      aria-label={label}
      onClick={open}
      {...props}
      className="flex h-8 w-full items-center gap-2 rounded-md border border-edge bg-surface px-2 text-left text-muted text-sm shadow-control hover:bg-hover hover:text-ink"
    >
      <Search aria-hidden className="size-4 shrink-0" />
      <span className="flex-1">Go to…</span>
      <Shortcut />
    </button>
  );
}

const isMac = () => /Mac|iPhone|iPad/.test(navigator.platform);
const never = () => () => {};

/** The key that opens it, as this computer's keyboard has it. */
function Shortcut() {
  const mac = useSyncExternalStore(never, isMac, () => false);
  return (
    <kbd aria-hidden className="min-w-10 text-right font-sans text-faint text-xs">
      {mac ? "⌘K" : "Ctrl K"}
    </kbd>
  );
}
