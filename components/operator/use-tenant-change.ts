"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "@/components/ui/toast";

/** Asks anew for all that is shown of the platform, after a change. */
export function useRefreshPlatform() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: ["platform"] });
}

/** A change of a Tenant: says that it was made, closes its dialog, and shows what is now. */
export function useTenantChange<T>(
  change: (input: T) => Promise<unknown>,
  said: string,
  done: () => void,
) {
  const refresh = useRefreshPlatform();
  return useMutation({
    mutationFn: change,
    onSuccess: () => {
      toast.success(said);
      done();
    },
    onSettled: refresh,
  });
}
