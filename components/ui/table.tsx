import { ArrowDown, ArrowUp, ChevronsUpDown } from "lucide-react";
import { Children, type ComponentProps, isValidElement, type ReactNode } from "react";
import { cn } from "./cn";

/** A table in a frame that scrolls sideways by itself, so that the page never does. */
export function Table({
  label,
  busy = false,
  bare = false,
  className,
  children,
}: {
  /** Names the table for assistive technology. */
  label: string;
  /** Newer rows are on their way. */
  busy?: boolean;
  /** Without a frame of its own: inside a card. */
  bare?: boolean;
  className?: string;
  children: ReactNode;
}) {
  return (
    <div
      className={cn(
        "relative w-full overflow-x-auto",
        bare
          ? "[&_:is(td,th):first-child]:pl-4 [&_:is(td,th):last-child]:pr-4"
          : "rounded-lg border border-line bg-surface",
      )}
    >
      <table
        aria-label={label}
        aria-busy={busy || undefined}
        className={cn(
          "w-full border-collapse text-base transition-opacity",
          busy && "opacity-60",
          className,
        )}
      >
        {children}
      </table>
    </div>
  );
}

/**
 * A row of headings. Their columns come before them: a page that arrives bit by bit may be shown
 * when half of them are there, and each that came later would move those before it.
 */
export function TableHead({ children }: { children: ReactNode }) {
  return (
    <>
      <colgroup>
        {headingsOf(children).map(({ key, props }) => (
          <col key={key} className={columnStyle(props.className)} />
        ))}
      </colgroup>
      <thead className="border-line border-b bg-canvas text-left">{children}</thead>
    </>
  );
}

function headingsOf(head: ReactNode) {
  const [row] = Children.toArray(head).filter(isValidElement<{ children?: ReactNode }>);
  return Children.toArray(row?.props.children).filter(isValidElement<{ className?: string }>);
}

const asColumn: Record<string, string> = {
  "sm:table-cell": "sm:table-column",
  "md:table-cell": "md:table-column",
  "lg:table-cell": "lg:table-column",
};

/** Of a heading's style, its width and from which screen width it shows. */
function columnStyle(style = ""): string {
  return style
    .split(" ")
    .filter((name) => name in asColumn || /^(?:hidden|(?:\w+:)?w-\w+)$/.test(name))
    .map((name) => asColumn[name] ?? name)
    .join(" ");
}

export function TableBody({ children }: { children: ReactNode }) {
  return <tbody className="divide-y divide-line">{children}</tbody>;
}

export function TableRow({ className, ...props }: ComponentProps<"tr">) {
  return <tr {...props} className={cn("hover:bg-hover/60", className)} />;
}

export function Th({ className, ...props }: ComponentProps<"th">) {
  return (
    <th
      scope="col"
      {...props}
      className={cn("h-9 whitespace-nowrap px-3 font-medium text-muted text-sm", className)}
    />
  );
}

/** A cell; `as="th"` for the one that names its row. */
export function Td({
  as: Cell = "td",
  className,
  ...props
}: ComponentProps<"td"> & { as?: "td" | "th" }) {
  return (
    <Cell
      scope={Cell === "th" ? "row" : undefined}
      {...props}
      className={cn("h-11 px-3 py-1.5 align-middle", className)}
    />
  );
}

export type SortDirection = "asc" | "desc" | false;

/** A column heading that sorts; the direction is said by aria-sort and shown by an arrow. */
export function SortTh({
  direction,
  onSort,
  className,
  children,
}: {
  direction: SortDirection;
  onSort: () => void;
  className?: string;
  children: ReactNode;
}) {
  const Icon = direction === "asc" ? ArrowUp : direction === "desc" ? ArrowDown : ChevronsUpDown;
  return (
    <Th
      className={className}
      aria-sort={
        direction === "asc" ? "ascending" : direction === "desc" ? "descending" : undefined
      }
    >
      <button
        type="button"
        onClick={onSort}
        className="-mx-1.5 inline-flex h-7 items-center gap-1 rounded-sm px-1.5 font-medium hover:bg-hover hover:text-ink"
      >
        {children}
        <Icon aria-hidden className={cn("size-3.5", direction ? "text-ink" : "text-faint")} />
      </button>
    </Th>
  );
}
