"use client";
import { Slot } from "radix-ui";
import {
  type ComponentType,
  createContext,
  type KeyboardEvent,
  type LazyExoticComponent,
  lazy,
  type MouseEvent,
  type ReactElement,
  type ReactNode,
  Suspense,
  useContext,
  useState,
} from "react";

/** Whether the overlay below was opened by keyboard: then its first item takes the focus. */
const ByKeyboard = createContext(false);
export const useOpenedByKeyboard = (): boolean => useContext(ByKeyboard);

type Load<P> = () => Promise<{ default: ComponentType<P> }>;

/** An overlay whose code is fetched when it is first needed. */
export type LazyOverlay<P> = { Component: LazyExoticComponent<ComponentType<P>>; load: Load<P> };

/** Names the module of an overlay: a component that brings its trigger and begins open. */
export const lazyOverlay = <P,>(load: Load<P>): LazyOverlay<P> => ({ Component: lazy(load), load });

/**
 * A button that opens an overlay (menu, popover, drawer) whose code comes with the first use, and
 * is fetched as soon as the pointer or the focus nears it. Until then only the button is there;
 * then `children`, the overlay with the same button as its trigger, takes its place, open.
 */
export function Deferred({
  overlay,
  trigger,
  popup,
  children,
}: {
  // biome-ignore lint/suspicious/noExplicitAny: only fetched here; its props are the caller's.
  overlay: LazyOverlay<any>;
  trigger: ReactElement;
  popup: "menu" | "dialog";
  children: ReactNode;
}) {
  const [used, setUsed] = useState<"keyboard" | "pointer" | null>(null);
  if (used) {
    return (
      <ByKeyboard value={used === "keyboard"}>
        <Suspense fallback={<Slot.Root aria-busy>{trigger}</Slot.Root>}>{children}</Suspense>
      </ByKeyboard>
    );
  }
  const near = () => void overlay.load();
  const onKeyDown = (event: KeyboardEvent) => {
    if (popup !== "menu" || event.key !== "ArrowDown") return;
    event.preventDefault();
    setUsed("keyboard");
  };
  // A press of a key, or of a screen reader's, clicks without a pointer.
  const onClick = (event: MouseEvent) => setUsed(event.detail === 0 ? "keyboard" : "pointer");
  return (
    <Slot.Root
      aria-haspopup={popup}
      aria-expanded={false}
      onPointerEnter={near}
      onFocus={near}
      onClick={onClick}
      onKeyDown={onKeyDown}
    >
      {trigger}
    </Slot.Root>
  );
}
