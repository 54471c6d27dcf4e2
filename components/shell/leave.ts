import { toast } from "@/components/ui/toast";
import { signOut } from "@/lib/browser/session";

/** Signs out, or says that one is still signed in. @returns whether one is on the way out */
export async function leave(): Promise<boolean> {
  try {
    await signOut();
    return true;
  } catch {
    toast.error("You are still signed in", { description: "The server can't be reached." });
    return false;
  }
}
