"use client";
import { Ban, Pencil, Power, RefreshCw } from "lucide-react";
import type { TokenAct } from "@/components/tokens/token-actions";
import { Button } from "@/components/ui/button";
import type { Token } from "@/lib/browser/tokens";

/** What an admin can do to a token. An overlap is finished in its own panel. */
export function TokenButtons({
  token,
  onAct,
}: {
  token: Token;
  onAct: (act: TokenAct, token: Token) => void;
}) {
  const revoked = token.status === "Revoked";
  return (
    <div className="flex flex-wrap gap-2">
      <Button icon={<Pencil aria-hidden />} onClick={() => onAct("rename", token)}>
        Rename
      </Button>
      {!revoked && (
        <Button icon={<Power aria-hidden />} onClick={() => onAct("switch", token)}>
          {token.active ? "Deactivate" : "Activate"}
        </Button>
      )}
      {!revoked && !token.replacedBy && (
        <>
          <Button icon={<RefreshCw aria-hidden />} onClick={() => onAct("replace", token)}>
            Replace
          </Button>
          <Button
            variant="danger-quiet"
            icon={<Ban aria-hidden />}
            onClick={() => onAct("revoke", token)}
          >
            Revoke
          </Button>
        </>
      )}
    </div>
  );
}
