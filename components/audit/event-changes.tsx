import { LabelText } from "@/components/ui/label-text";
import { Table, TableBody, TableHead, TableRow, Td, Th } from "@/components/ui/table";

type Facts = Record<string, unknown> | null;

/** What was before and after, field by field; what changed comes first and stands out. */
export function EventChanges({ before, after }: { before: Facts; after: Facts }) {
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  if (fields.length === 0) return null;
  const both = before !== null && after !== null;
  const rows = fields
    .map((field) => ({ field, was: said(before?.[field]), is: said(after?.[field]) }))
    .map((row) => ({ ...row, changed: both && row.was !== row.is }))
    .sort((a, b) => Number(b.changed) - Number(a.changed));
  return (
    <Table label="What changed" className="table-fixed text-sm">
      <TableHead>
        <tr>
          <Th className="w-28 sm:w-40">Field</Th>
          {before && <Th>Before</Th>}
          {after && <Th>{both ? "After" : "Value"}</Th>}
        </tr>
      </TableHead>
      <TableBody>
        {rows.map(({ field, was, is, changed }) => (
          <TableRow key={field} className={both && !changed ? "text-muted" : undefined}>
            <Td as="th" className="h-auto align-top">
              <LabelText wrap className={changed ? "font-medium" : undefined}>
                {field}
              </LabelText>
            </Td>
            {before && (
              <Td className="h-auto align-top">
                <Value text={was} tone={changed ? "bg-danger-soft text-danger-ink" : undefined} />
              </Td>
            )}
            {after && (
              <Td className="h-auto align-top">
                <Value
                  text={is}
                  tone={changed ? "bg-positive-soft text-positive-ink" : undefined}
                />
              </Td>
            )}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function Value({ text, tone }: { text: string | null; tone?: string }) {
  if (text === null) return <span className="text-faint">none</span>;
  return (
    <span className={tone && `rounded-xs px-1 ${tone}`}>
      <LabelText wrap>{text}</LabelText>
    </span>
  );
}

/** A value as people read it: text as it is, lists joined, the rest as JSON; null where absent. */
function said(value: unknown): string | null {
  if (value === undefined || value === null || value === "") return null;
  if (typeof value === "string") return value;
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) {
    return value.join(", ") || null;
  }
  return JSON.stringify(value);
}
