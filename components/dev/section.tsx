import type { ReactNode } from "react";

export function Section({ title, children }: { title: string; children: ReactNode }) {
  const id = title.toLowerCase().replace(/\W+/g, "-");
  return (
    <section
      aria-labelledby={id}
      className="grid gap-4 border-line border-t py-6 lg:grid-cols-[10rem_minmax(0,1fr)]"
    >
      <h2 id={id} className="font-semibold text-base">
        {title}
      </h2>
      <div className="grid min-w-0 gap-5">{children}</div>
    </section>
  );
}

export function Row({ label, children }: { label?: string; children: ReactNode }) {
  return (
    <div className="grid gap-2">
      {label && <p className="text-faint text-xs">{label}</p>}
      <div className="flex flex-wrap items-center gap-2.5">{children}</div>
    </div>
  );
}
