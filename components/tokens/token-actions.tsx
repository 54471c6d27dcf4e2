"use client";
import { Ellipsis } from "lucide-react";
import { IconButton } from "@/components/ui/button";
import { Deferred, lazyOverlay } from "@/components/ui/deferred";
import { visibleText } from "@/lib/browser/format";
import type { Token } from "@/lib/browser/tokens";

export type TokenAct = "rename" | "switch" | "replace" | "revoke";

const overlay = lazyOverlay(() => import("./token-menu"));

/** The button of a token's row; pressed, a menu of what can be done to it. */
export function TokenActions({
  token,
  onAct,
}: {
  token: Token;
  onAct: (act: TokenAct, token: Token) => void;
}) {
  const trigger = (
    <IconButton label={`Actions for ${visibleText(token.name)}`} size="sm" tooltip={false}>
      <Ellipsis aria-hidden />
    </IconButton>
  );
  return (
    <Deferred overlay={overlay} popup="menu" trigger={trigger}>
      <overlay.Component token={token} trigger={trigger} onAct={onAct} />
    </Deferred>
  );
}
