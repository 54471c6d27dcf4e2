"use client";
import { LabelText } from "@/components/ui/label-text";
import { type InvitationView, lookUpInvitation } from "@/lib/browser/links";
import { AcceptAsMyself } from "./accept-as-myself";
import { EntryPage } from "./entry-page";
import { LinkFailed, LinkLoading, LinkOver } from "./link-states";
import { NewAccountForm } from "./new-account-form";
import { useLink } from "./use-link";

/** Accepts an invitation: with a new account, or with the one that its address has. */
export function AcceptInvitation({ provider }: { provider: string | null }) {
  const link = useLink(lookUpInvitation);
  if (link.is === "loading") return <LinkLoading />;
  if (link.is === "over") {
    return <LinkOver>Ask whoever invited you for another one.</LinkOver>;
  }
  if (link.is === "failed") return <LinkFailed error={link.error} onRetry={link.retry} />;
  const { about, secret } = link;
  return (
    <EntryPage
      title={
        <>
          Join <LabelText wrap>{about.tenantName}</LabelText>
        </>
      }
      lead={<Lead invitation={about} />}
    >
      {about.hasAccount ? (
        <AcceptAsMyself secret={secret} invitation={about} />
      ) : (
        <NewAccountForm secret={secret} invitation={about} provider={provider} />
      )}
    </EntryPage>
  );
}

const roleWords = { admin: "an admin", viewer: "a viewer" } as const;

function Lead({ invitation }: { invitation: InvitationView }) {
  return (
    <>
      {invitation.inviterName ? (
        <>
          <LabelText wrap>{invitation.inviterName}</LabelText> invites{" "}
        </>
      ) : (
        "An invitation for "
      )}
      <LabelText wrap className="text-ink">
        {invitation.email}
      </LabelText>{" "}
      as {roleWords[invitation.role]}.
    </>
  );
}
