/** What toasts are to be shown; kept until something shows them. */
export type ToastMessage = {
  kind: "success" | "error";
  title: string;
  description?: string;
  action?: { label: string; onClick: () => void };
};

const waiting: ToastMessage[] = [];
let listener: (() => void) | null = null;

/** Queues a toast and wakes who shows them. */
export function pushToast(message: ToastMessage): void {
  waiting.push(message);
  listener?.();
}

/** The toasts that wait, taken. */
export const takeToasts = (): ToastMessage[] => waiting.splice(0);

/** Calls back at each new toast, and at once where some wait; returns how to stop. */
export function onToast(wake: () => void): () => void {
  listener = wake;
  if (waiting.length > 0) wake();
  return () => {
    if (listener === wake) listener = null;
  };
}
