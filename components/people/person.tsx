import type { ReactNode } from "react";
import { Avatar } from "@/components/ui/avatar";
import { LabelText } from "@/components/ui/label-text";
import { visibleText } from "@/lib/browser/format";

/** Somebody by name and address, with a badge where there is something to say of them. */
export function Person({
  name,
  email,
  badge,
  children,
}: {
  name: string;
  email: string;
  badge?: ReactNode;
  /** On a phone, what other columns would say. */
  children?: ReactNode;
}) {
  return (
    <div className="flex min-w-0 items-center gap-2.5 py-0.5">
      <Avatar name={name} className="size-7" />
      <div className="grid min-w-0 font-normal leading-5">
        <span className="flex min-w-0 flex-wrap items-center gap-x-2">
          <LabelText className="font-medium">{name}</LabelText>
          {badge}
        </span>
        <Address email={email} />
        {children}
      </div>
    </div>
  );
}

/** An e-mail address: cut where there is little room; on a phone whole, on two lines at its "@". */
function Address({ email }: { email: string }) {
  const text = visibleText(email);
  const at = text.lastIndexOf("@");
  return (
    <bdi title={text} className="text-muted text-sm max-sm:wrap-anywhere sm:truncate">
      {text.slice(0, Math.max(at, 0))}
      <wbr />
      {text.slice(Math.max(at, 0))}
    </bdi>
  );
}
