"use client";
import { useRef } from "react";

/** What had the focus last. A menu that closes leaves the focus nowhere for a moment. */
let last: HTMLElement | null = null;
if (typeof document !== "undefined") {
  document.addEventListener("focusin", ({ target }) => {
    last = ownerOf(target);
  });
}

/** An element itself; of something in a menu, the menu's button. */
function ownerOf(target: EventTarget | null): HTMLElement | null {
  if (!(target instanceof HTMLElement)) return null;
  const button = target.closest("[role=menu]")?.getAttribute("aria-labelledby");
  return button ? document.getElementById(button) : target;
}

/**
 * Gives the focus back, when an overlay closes, to where it was when it opened. Radix gives it to
 * the overlay's trigger, which an overlay that is opened by state doesn't have.
 */
export function useFocusReturn() {
  const before = useRef<HTMLElement | null>(null);
  return {
    /** To be called while the overlay opens, before it takes the focus. */
    remember() {
      const active = document.activeElement;
      before.current = active === document.body ? last : ownerOf(active);
    },
    onCloseAutoFocus(event: Event) {
      event.preventDefault();
      // What is gone by now can't take it: then the page, rather than nothing.
      const back = before.current?.isConnected
        ? before.current
        : document.getElementById("content");
      back?.focus();
    },
  };
}
