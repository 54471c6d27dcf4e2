"use client";
import { Menu } from "lucide-react";
import type { ReactNode } from "react";
import { IconButton } from "@/components/ui/button";
import { Deferred, lazyOverlay } from "@/components/ui/deferred";
import type { Place } from "./navigation";

const overlay = lazyOverlay(() => import("./drawer"));

/** The navigation of a phone: a button, and behind it a drawer. */
export function MobileNav({ place, children }: { place: Place; children?: ReactNode }) {
  const trigger = (
    <IconButton label="Open navigation" tooltip={false}>
      <Menu aria-hidden />
    </IconButton>
  );
  return (
    <Deferred overlay={overlay} popup="dialog" trigger={trigger}>
      <overlay.Component place={place} trigger={trigger}>
        {children}
      </overlay.Component>
    </Deferred>
  );
}
