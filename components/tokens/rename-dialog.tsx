"use client";
import { toast } from "@/components/ui/toast";
import type { Token } from "@/lib/browser/tokens";
import { LabelDialog } from "./label-dialog";
import { useUpdateToken } from "./use-token-mutations";

/** Gives a token another label: seen in the list at once, taken back there if it is refused. */
export default function RenameDialog({ token, onClose }: { token: Token; onClose: () => void }) {
  const update = useUpdateToken(token.tenantId);
  const done = () => {
    toast.success("Token renamed");
    onClose();
  };
  return (
    <LabelDialog
      title="Rename token"
      description={
        <>
          The token <code>{token.hint}</code> itself stays as it is.
        </>
      }
      label={token.name}
      pending={update.isPending}
      error={update.error}
      onClose={onClose}
      onSubmit={(name) => update.mutate({ tokenId: token.id, name }, { onSuccess: done })}
    />
  );
}
