"use client";
import { X } from "lucide-react";
import { Dialog } from "radix-ui";
import { type ReactNode, useState } from "react";
import { IconButton } from "@/components/ui/button";
import { overlayStyle } from "@/components/ui/dialog";
import { NavLinks } from "./nav-links";
import type { Place } from "./navigation";

/** The navigation in a drawer from the left; begins open. */
export default function Drawer({
  place,
  trigger,
  children,
}: {
  place: Place;
  trigger: ReactNode;
  children?: ReactNode;
}) {
  const [open, setOpen] = useState(true);
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Trigger asChild>{trigger}</Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className={overlayStyle} />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-y-0 left-0 z-40 grid w-72 max-w-[85vw] animate-drawer content-start gap-4 overflow-y-auto bg-canvas p-3 shadow-overlay"
        >
          <div className="flex items-center justify-between pl-2">
            <Dialog.Title className="font-semibold">ServiceBroker Access</Dialog.Title>
            <Dialog.Close asChild>
              <IconButton label="Close navigation" tooltip={false}>
                <X aria-hidden />
              </IconButton>
            </Dialog.Close>
          </div>
          {children}
          <NavLinks place={place} onNavigate={() => setOpen(false)} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
