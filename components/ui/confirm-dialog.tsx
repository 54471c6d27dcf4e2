"use client";
import { AlertDialog as Primitive } from "radix-ui";
import { type FormEvent, type ReactNode, useState } from "react";
import { visibleText } from "@/lib/browser/format";
import { Button } from "./button";
import { cn } from "./cn";
import { CopyButton } from "./copy-button";
import { DialogBody, DialogFooter, overlayStyle, panelStyle } from "./dialog";
import { Field } from "./field";
import { useFocusReturn } from "./focus-return";
import { Input } from "./input";
import { Notice } from "./notice";

type Props = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  /** What will happen, in a sentence. */
  description: ReactNode;
  /** What it breaks: lists, counts. */
  children?: ReactNode;
  /** Must be typed (or pasted) before the act is possible. */
  typeToConfirm?: string;
  /** What the text to type is called: "label" unless told. */
  noun?: string;
  action: string;
  danger?: boolean;
  pending?: boolean;
  error?: ReactNode;
  onConfirm: () => void;
};

/** Asks before an act that is hard to take back. Focus starts on the safe side. */
export function ConfirmDialog({ open, onOpenChange, ...props }: Props) {
  const { remember, onCloseAutoFocus } = useFocusReturn();
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className={overlayStyle} />
        <Primitive.Content
          className={cn(panelStyle, "sm:max-w-120")}
          onOpenAutoFocus={remember}
          onCloseAutoFocus={onCloseAutoFocus}
        >
          <Question {...props} />
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

function Question({
  title,
  description,
  children,
  typeToConfirm,
  noun,
  action,
  danger = true,
  pending = false,
  error,
  onConfirm,
}: Omit<Props, "open" | "onOpenChange">) {
  const [typed, setTyped] = useState("");
  const confirmed = typeToConfirm === undefined || confirms(typed, typeToConfirm);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (confirmed && !pending) onConfirm();
  };
  return (
    <form onSubmit={submit} className="flex min-h-0 flex-col">
      <header className="grid gap-1 px-5 pt-4 pb-1">
        <Primitive.Title className="font-semibold text-md">{title}</Primitive.Title>
        <Primitive.Description className="text-muted">{description}</Primitive.Description>
      </header>
      <DialogBody>
        {children}
        {typeToConfirm !== undefined && (
          <TypeToConfirm label={typeToConfirm} noun={noun} value={typed} onChange={setTyped} />
        )}
        {error && (
          <Notice tone="danger" role="alert">
            {error}
          </Notice>
        )}
      </DialogBody>
      <DialogFooter>
        <Primitive.Cancel asChild>
          <Button>Cancel</Button>
        </Primitive.Cancel>
        <Button
          type="submit"
          variant={danger ? "danger" : "primary"}
          pending={pending}
          disabled={!confirmed}
        >
          {action}
        </Button>
      </DialogFooter>
    </form>
  );
}

/** The label to repeat, and where to repeat it; it can be copied, for one that can't be typed. */
export function TypeToConfirm({
  label,
  noun = "label",
  value,
  onChange,
}: {
  label: string;
  noun?: string;
  value: string;
  onChange: (typed: string) => void;
}) {
  return (
    <Field label={`Type the ${noun} to confirm`}>
      {(control) => (
        <>
          <div className="flex items-center gap-1.5">
            <bdi
              id={`${control.id}-text`}
              className="wrap-anywhere rounded-xs border border-edge bg-sunken px-1.5 py-0.5 font-mono text-sm"
            >
              {visibleText(label)}
            </bdi>
            <CopyButton value={label} label={`Copy the ${noun}`} variant="ghost" size="sm" />
          </div>
          <Input
            {...control}
            aria-describedby={`${control.id}-text`}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
        </>
      )}
    </Field>
  );
}

/** As it is, or as shown with unseen characters spelled out; white space at the ends is ignored. */
export function confirms(typed: string, label: string): boolean {
  const text = typed.normalize("NFC").trim();
  return text === label.normalize("NFC").trim() || text === visibleText(label).trim();
}
