"use client";
import { useState } from "react";
import { FailureNotice } from "@/components/tokens/failure";
import { Button } from "@/components/ui/button";
import { LabelText } from "@/components/ui/label-text";
import { Notice } from "@/components/ui/notice";
import { acceptInvitation, type InvitationView } from "@/lib/browser/links";
import { signInPath, signOut } from "@/lib/browser/session";

/** For whom the address has an account: signed in to it, one press accepts. */
export function AcceptAsMyself({
  secret,
  invitation,
}: {
  secret: string;
  invitation: InvitationView;
}) {
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const attempt = async (work: () => Promise<unknown>) => {
    setPending(true);
    setError(null);
    try {
      await work();
    } catch (failure) {
      setError(failure);
      setPending(false);
    }
  };
  // The secret stays in a fragment: no server sees it on the way.
  const signInFirst = `${signInPath("/accept-invitation")}#${secret}`;
  if (invitation.signedInAs === null) {
    return (
      <>
        <p className="text-muted">This address has an account. Sign in to it to accept.</p>
        <Button variant="primary" size="lg" onClick={() => location.assign(signInFirst)}>
          Sign in to accept
        </Button>
      </>
    );
  }
  if (invitation.signedInAs !== invitation.email) {
    return (
      <>
        <Notice tone="caution">
          You are signed in as <LabelText wrap>{invitation.signedInAs}</LabelText>. This invitation
          is for another account: sign out, then open the link again.
        </Notice>
        <FailureNotice error={error} />
        <Button size="lg" pending={pending} onClick={() => attempt(() => signOut(signInFirst))}>
          Sign out
        </Button>
      </>
    );
  }
  const accept = async () => {
    const { tenantId } = await acceptInvitation({ secret });
    location.assign(`/t/${tenantId}`);
  };
  return (
    <>
      <FailureNotice error={error} />
      <Button variant="primary" size="lg" pending={pending} onClick={() => attempt(accept)}>
        Accept
      </Button>
    </>
  );
}
