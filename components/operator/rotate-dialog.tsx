"use client";
import { useMutation } from "@tanstack/react-query";
import { failureText } from "@/components/tokens/failure";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Notice } from "@/components/ui/notice";
import { useClock } from "@/components/ui/time";
import { toast } from "@/components/ui/toast";
import { formatDateTime } from "@/lib/browser/format";
import { rotateKeys } from "@/lib/browser/operator";
import { useRefreshPlatform } from "./use-tenant-change";

/** Lets the next key take over. */
export default function RotateDialog({ onClose }: { onClose: () => void }) {
  const { zone } = useClock();
  const refresh = useRefreshPlatform();
  const rotate = useMutation({
    mutationFn: rotateKeys,
    onSuccess: ({ takeover, pending }) => {
      toast.success(pending ? "Rotation is planned" : "Signing key rotated", {
        description: pending
          ? `The next key takes over at ${formatDateTime(Date.parse(takeover), zone)}.`
          : "The next key signs from now on.",
      });
      onClose();
    },
    onSettled: refresh,
  });
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && !rotate.isPending && onClose()}
      title="Rotate the signing key"
      description="The next key takes over at once or, if it was published only recently, as soon as every cache has had time to fetch it."
      action="Rotate"
      danger={false}
      pending={rotate.isPending}
      error={rotate.error && failureText(rotate.error)}
      onConfirm={rotate.mutate}
    >
      <Notice title="No JWT is refused meanwhile">
        The key that stops signing stays published until the last JWT that it signed has expired. A
        resource server that pins one key instead of reading the key set would break.
      </Notice>
    </ConfirmDialog>
  );
}
