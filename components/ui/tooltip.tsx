"use client";
import dynamic from "next/dynamic";
import { Slot } from "radix-ui";
import { type ReactNode, useEffect, useState } from "react";

const Bubble = dynamic(() => import("./tooltip-bubble"), { ssr: false });

type Tip = { text: string; box: DOMRect };

const delay = 350;

/**
 * A note on hover or keyboard focus of one focusable child. Never the only place where something
 * is said: it is for the eye, the child has a name of its own.
 */
export function Tooltip({ content, children }: { content: string; children: ReactNode }) {
  return <Slot.Root data-tip={content}>{children}</Slot.Root>;
}

/** Shows the tooltips of all that is inside; once, around the app. Their code comes with the first. */
export function TooltipProvider({ children }: { children: ReactNode }) {
  const [tip, setTip] = useState<Tip | null>(null);
  useEffect(() => watchTips(setTip), []);
  return (
    <>
      {children}
      {tip && <Bubble {...tip} />}
    </>
  );
}

/** Follows pointer and focus over everything that has a tip; returns how to stop. */
function watchTips(show: (tip: Tip | null) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let current: Element | null = null;
  const close = () => {
    clearTimeout(timer);
    current = null;
    show(null);
  };
  const open = (event: Event, wait: number) => {
    const owner = event.target instanceof Element ? event.target.closest("[data-tip]") : null;
    if (owner === current) return;
    close();
    if (!owner) return;
    current = owner;
    timer = setTimeout(() => {
      const text = owner.getAttribute("data-tip");
      if (text && owner.isConnected) show({ text, box: owner.getBoundingClientRect() });
    }, wait);
  };
  const onOver = (event: PointerEvent) => event.pointerType === "mouse" && open(event, delay);
  const onFocus = (event: FocusEvent) => {
    if (event.target instanceof Element && event.target.matches(":focus-visible")) open(event, 0);
  };
  const onKey = (event: KeyboardEvent) => event.key === "Escape" && close();
  const stop = new AbortController();
  const options = { signal: stop.signal, passive: true };
  document.addEventListener("pointerover", onOver, options);
  document.addEventListener("focusin", onFocus, options);
  document.addEventListener("keydown", onKey, options);
  for (const end of ["focusout", "pointerdown", "pointerleave"] as const) {
    document.addEventListener(end, close, options);
  }
  window.addEventListener("scroll", close, { ...options, capture: true });
  return () => {
    stop.abort();
    clearTimeout(timer);
  };
}
