"use client";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { RadioGroup } from "@/components/ui/choice";
import { confirms, TypeToConfirm } from "@/components/ui/confirm-dialog";
import { Dialog, DialogBody, DialogFooter } from "@/components/ui/dialog";
import { Fieldset } from "@/components/ui/field";
import { LabelText } from "@/components/ui/label-text";
import { useClock } from "@/components/ui/time";
import { formatMinute } from "@/lib/browser/format";
import { replaceToken, type Token } from "@/lib/browser/tokens";
import { FailureNotice } from "./failure";
import { TokenReveal } from "./token-reveal";
import { useRefreshTenant } from "./use-token-mutations";
import { WhoUsesIt } from "./who-uses-it";

const overlaps = [
  { value: "3600", label: "1 hour" },
  { value: "86400", label: "24 hours" },
  { value: "604800", label: "7 days" },
  { value: "0", label: "None: revoke the old token now" },
];

/** Issues a successor; the old token stays good for an overlap. Then shows the successor, once. */
export default function ReplaceDialog({
  token,
  verifyUrl,
  onClose,
}: {
  token: Token;
  verifyUrl: string;
  onClose: () => void;
}) {
  const refresh = useRefreshTenant(token.tenantId);
  const replace = useMutation({
    mutationFn: (overlapSeconds: number) =>
      replaceToken(token.tenantId, token.id, { overlapSeconds }),
    onSettled: refresh,
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && !replace.isPending && onClose()}
      locked={replace.isSuccess}
      title={replace.isSuccess ? "Successor issued" : "Replace token"}
      description={
        replace.isSuccess ? (
          <>
            The new token of <LabelText wrap>{replace.data.name}</LabelText>.
          </>
        ) : (
          <>
            Issues a successor of{" "}
            <LabelText wrap className="font-medium text-ink">
              {token.name}
            </LabelText>{" "}
            (<code>{token.hint}</code>) with the same label and scopes.
          </>
        )
      }
    >
      {replace.isSuccess ? (
        <TokenReveal secret={replace.data.secret} verifyUrl={verifyUrl} onDone={onClose} />
      ) : (
        <ReplaceForm
          token={token}
          pending={replace.isPending}
          error={replace.error}
          onCancel={onClose}
          onSubmit={replace.mutate}
        />
      )}
    </Dialog>
  );
}

function ReplaceForm({
  token,
  pending,
  error,
  onCancel,
  onSubmit,
}: {
  token: Token;
  pending: boolean;
  error: Error | null;
  onCancel: () => void;
  onSubmit: (overlapSeconds: number) => void;
}) {
  const [overlap, setOverlap] = useState("86400");
  const [typed, setTyped] = useState("");
  const { now, zone } = useClock();
  const seconds = Number(overlap);
  const atOnce = seconds === 0;
  const ready = !atOnce || confirms(typed, token.name);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready && !pending) onSubmit(seconds);
  };
  return (
    <form onSubmit={submit} className="flex min-h-0 flex-col">
      <DialogBody>
        <Fieldset
          legend="Overlap"
          hint="How long the old token stays good, so that its system can be switched over."
        >
          <RadioGroup
            aria-label="Overlap"
            value={overlap}
            onValueChange={setOverlap}
            options={overlaps.map((option) => ({
              ...option,
              hint:
                option.value === "0"
                  ? "The old token is refused at once"
                  : `Both are good until ${formatMinute(now + Number(option.value) * 1000, zone)}`,
            }))}
          />
        </Fieldset>
        <WhoUsesIt token={token} atOnce={atOnce} />
        {atOnce && <TypeToConfirm label={token.name} value={typed} onChange={setTyped} />}
        <FailureNotice error={error} />
      </DialogBody>
      <DialogFooter>
        <Button onClick={onCancel}>Cancel</Button>
        <Button
          type="submit"
          variant={atOnce ? "danger" : "primary"}
          pending={pending}
          disabled={!ready}
        >
          {atOnce ? "Replace and revoke" : "Replace token"}
        </Button>
      </DialogFooter>
    </form>
  );
}
