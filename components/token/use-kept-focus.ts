"use client";
import { type RefObject, useEffect, useRef } from "react";

/**
 * Where the focus goes when what had it is gone after a change, such as the button of an act that
 * is no longer possible: nobody has to start from the top of the page.
 * @param state what the page's acts depend on
 */
export function useKeptFocus<T extends HTMLElement>(state: string): RefObject<T | null> {
  const target = useRef<T>(null);
  const seen = useRef(state);
  useEffect(() => {
    if (seen.current === state) return;
    seen.current = state;
    if (document.activeElement === document.body) target.current?.focus();
  }, [state]);
  return target;
}
