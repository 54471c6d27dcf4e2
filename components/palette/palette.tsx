"use client";
import { Dialog } from "radix-ui";
import type { Place } from "@/components/shell/navigation";
import { QueryProvider } from "@/components/shell/providers";
import { overlayStyle } from "@/components/ui/dialog";
import { useFocusReturn } from "@/components/ui/focus-return";
import { PaletteList } from "./palette-list";

/** The command palette, open. It brings its own cache: some pages that offer it have none. */
export default function Palette({ place, onClose }: { place: Place; onClose: () => void }) {
  const { remember, onCloseAutoFocus } = useFocusReturn();
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className={overlayStyle} />
        <Dialog.Content
          data-palette
          aria-describedby={undefined}
          onOpenAutoFocus={remember}
          onCloseAutoFocus={onCloseAutoFocus}
          className="fixed inset-x-2 top-2 z-40 mx-auto max-w-150 animate-appear overflow-hidden rounded-lg bg-raised shadow-overlay outline-none sm:inset-x-4 sm:top-[14vh]"
        >
          <Dialog.Title className="sr-only">Go to</Dialog.Title>
          <QueryProvider>
            <PaletteList place={place} onClose={onClose} />
          </QueryProvider>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
