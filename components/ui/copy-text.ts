import { toast } from "./toast";

/** Copies a text and says so; where the clipboard is refused, it shows the text to be copied. */
export async function copyText(what: string, text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    toast.success(`${what} copied`);
  } catch {
    toast.error(`The browser did not let the ${what} be copied`, { description: text });
  }
}
