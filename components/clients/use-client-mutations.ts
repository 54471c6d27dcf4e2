"use client";
import { useMutation } from "@tanstack/react-query";
import { useRefreshTenant } from "@/components/tokens/use-token-mutations";
import { toast } from "@/components/ui/toast";

/** A change to a Tenant's clients: says that it was made, and asks anew for all that it touches. */
export function useChange<Input, Output>(
  tenantId: string,
  change: (input: Input) => Promise<Output>,
  done: { said: string; after?: () => void } | null = null,
) {
  const refresh = useRefreshTenant(tenantId);
  return useMutation({
    mutationFn: change,
    onSuccess: () => {
      if (done) toast.success(done.said);
      done?.after?.();
    },
    onSettled: refresh,
  });
}
