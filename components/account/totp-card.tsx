"use client";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { Time } from "@/components/ui/time";
import type { Account } from "@/lib/browser/account";

const EnableDialog = dynamic(() => import("./enable-totp-dialog"));
const DisableDialog = dynamic(() => import("./disable-totp-dialog"));
const CodesDialog = dynamic(() => import("./recovery-codes-dialog"));

const few = 3;

/** Two-step sign-in: on or off, and how many recovery codes are left. */
export function TotpCard({ account }: { account: Account }) {
  const [open, setOpen] = useState<"enable" | "disable" | "codes" | null>(null);
  const close = () => setOpen(null);
  const on = account.totpSince !== null;
  return (
    <Card
      title={
        <span className="flex items-center gap-2">
          Two-step sign-in
          <Badge dot tone={on ? "positive" : "neutral"}>
            {on ? "On" : "Off"}
          </Badge>
        </span>
      }
      description="A code from an authenticator app, besides the password."
    >
      <div className="grid gap-3 pt-1">
        {account.totpSince ? (
          <>
            <p className="text-muted">
              On since <Time at={account.totpSince} as="date" />. {account.recoveryCodesLeft} of 10
              recovery codes are left.
            </p>
            {account.recoveryCodesLeft <= few && (
              <Notice tone="caution">
                Few recovery codes are left. Make new ones before you need them.
              </Notice>
            )}
            <div className="flex flex-wrap gap-2">
              <Button onClick={() => setOpen("codes")}>New recovery codes</Button>
              <Button variant="danger-quiet" onClick={() => setOpen("disable")}>
                Turn off
              </Button>
            </div>
          </>
        ) : account.hasPassword ? (
          <div>
            <Button variant="primary" onClick={() => setOpen("enable")}>
              Turn on
            </Button>
          </div>
        ) : (
          <p className="text-muted">
            Your single sign-on provider asks for a second step, if it is set up to.
          </p>
        )}
      </div>
      {open === "enable" && <EnableDialog onClose={close} />}
      {open === "disable" && <DisableDialog onClose={close} />}
      {open === "codes" && <CodesDialog onClose={close} />}
    </Card>
  );
}
