"use client";
import { Tooltip } from "radix-ui";

/** A tooltip that is open, beside a box of the window. */
export default function TooltipBubble({ text, box }: { text: string; box: DOMRect }) {
  const { left, top, width, height } = box;
  return (
    <Tooltip.Provider>
      <Tooltip.Root open>
        <Tooltip.Trigger asChild>
          <span
            aria-hidden
            className="pointer-events-none fixed"
            style={{ left, top, width, height }}
          />
        </Tooltip.Trigger>
        <Tooltip.Portal>
          <Tooltip.Content
            aria-hidden
            sideOffset={6}
            collisionPadding={8}
            className="pointer-events-none z-50 max-w-72 animate-appear rounded-sm bg-ink px-2 py-1 text-surface text-xs"
          >
            {text}
          </Tooltip.Content>
        </Tooltip.Portal>
      </Tooltip.Root>
    </Tooltip.Provider>
  );
}
