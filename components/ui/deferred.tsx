"use client";
import { Slot } from "radix-ui";
import {
  type ComponentType,
  type KeyboardEvent,
  type LazyExoticComponent,
  lazy,
  type ReactElement,
  type ReactNode,
  Suspense,
  useState,
} from "react";

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
  const [used, setUsed] = useState(false);
  if (used) {
    return <Suspense fallback={<Slot.Root aria-busy>{trigger}</Slot.Root>}>{children}</Suspense>;
  }
  const near = () => void overlay.load();
  const onKeyDown = (event: KeyboardEvent) => {
    if (popup !== "menu" || event.key !== "ArrowDown") return;
    event.preventDefault();
    setUsed(true);
  };
  return (
    <Slot.Root
      aria-haspopup={popup}
      aria-expanded={false}
      onPointerEnter={near}
      onFocus={near}
      onClick={() => setUsed(true)}
      onKeyDown={onKeyDown}
    >
      {trigger}
    </Slot.Root>
  );
}
