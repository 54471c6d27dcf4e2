"use client";
import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { onToast, pushToast, type ToastMessage } from "./toast-queue";

const Host = dynamic(() => import("./toast-host"), { ssr: false });

type Options = Pick<ToastMessage, "description" | "action">;

/** Says in passing how something went. What must not be missed is said in the page. */
export const toast = {
  success: (title: string, options?: Options) => pushToast({ kind: "success", title, ...options }),
  error: (title: string, options?: Options) => pushToast({ kind: "error", title, ...options }),
};

/** Where toasts appear; once, in the root layout. Their code comes with the first. */
export function Toaster() {
  const [wanted, setWanted] = useState(false);
  useEffect(() => (wanted ? undefined : onToast(() => setWanted(true))), [wanted]);
  return wanted ? <Host /> : null;
}
