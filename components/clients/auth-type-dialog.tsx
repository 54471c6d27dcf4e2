"use client";
import { failureText } from "@/components/tokens/failure";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { LabelText } from "@/components/ui/label-text";
import { Notice } from "@/components/ui/notice";
import { Time } from "@/components/ui/time";
import { type AuthType, type AuthTypeSetting, setAuthType } from "@/lib/browser/clients";
import { formatCount } from "@/lib/browser/format";
import { useChange } from "./use-client-mutations";

const mostNamed = 8;

/** Asks before the AuthType changes, and names every credential that stops working. */
export function AuthTypeDialog({
  tenantId,
  setting,
  wanted,
  onClose,
}: {
  tenantId: string;
  setting: AuthTypeSetting;
  wanted: AuthType;
  onClose: (changed: boolean) => void;
}) {
  const change = useChange(tenantId, () => setAuthType(tenantId, wanted), {
    said: "AuthType changed",
    after: () => onClose(true),
  });
  const stopped =
    wanted === "JWT" ? setting.tokens : wanted === "SystemAccessToken" ? setting.clients : [];
  const noun = wanted === "JWT" ? "token" : "client";
  const counted = `${formatCount(stopped.length)} ${noun}${stopped.length === 1 ? "" : "s"}`;
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && !change.isPending && onClose(false)}
      title="Change AuthType"
      description={
        stopped.length > 0
          ? `${counted} will be refused from the next call on, until you change this back.`
          : "No active credential of this Tenant stops working."
      }
      typeToConfirm={stopped.length > 0 ? wanted : undefined}
      danger={stopped.length > 0}
      action="Change AuthType"
      pending={change.isPending}
      error={change.error && failureText(change.error)}
      onConfirm={() => change.mutate(undefined)}
    >
      {stopped.length > 0 && (
        <Notice tone="caution" title={`Stops working: ${counted}`}>
          <ul className="grid gap-1">
            {stopped.slice(0, mostNamed).map((credential) => (
              <li key={credential.id} className="flex min-w-0 flex-wrap gap-x-2">
                <LabelText wrap className="font-medium">
                  {credential.name}
                </LabelText>
                <span className="text-muted">
                  {credential.lastUsedAt ? (
                    <>
                      last used <Time at={credential.lastUsedAt} />
                    </>
                  ) : (
                    "never used"
                  )}
                </span>
              </li>
            ))}
          </ul>
          {stopped.length > mostNamed && `and ${formatCount(stopped.length - mostNamed)} more`}
        </Notice>
      )}
    </ConfirmDialog>
  );
}
