"use client";
import {
  type ColumnDef,
  createColumnHelper,
  type RowData,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { SortTh, Table, TableBody, TableHead, TableRow, Td, Th } from "./table";

type Meta = {
  /** Of the heading and of each cell: width, alignment, from which screen width it shows. */
  className?: string;
  /** The cell names its row. */
  rowHeader?: boolean;
};

const features = tableFeatures({ rowSortingFeature, columnMeta: {} as Meta });

/** Builds the columns of a DataTable; `enableSorting: false` for those without an order. */
export const columnsOf = <T extends RowData>() => createColumnHelper<typeof features, T>();

// biome-ignore lint/suspicious/noExplicitAny: each column has a value type of its own.
export type Column<T extends RowData> = ColumnDef<typeof features, T, any>;

export type Sort = { id: string; desc: boolean };

/**
 * A table whose rows come sorted: pressing a heading asks for another order.
 * `columns` must keep its identity between renders.
 */
export function DataTable<T extends RowData>({
  label,
  columns,
  rows,
  rowId,
  sort,
  onSort,
  busy = false,
  className,
}: {
  label: string;
  columns: Column<T>[];
  rows: T[];
  rowId: (row: T) => string;
  sort: Sort;
  onSort: (sort: Sort) => void;
  /** Newer rows are on their way. */
  busy?: boolean;
  className?: string;
}) {
  const table = useTable({
    features,
    columns,
    data: rows,
    getRowId: rowId,
    manualSorting: true,
    enableSortingRemoval: false,
    state: { sorting: [sort] },
    onSortingChange: (update) => {
      const next = typeof update === "function" ? update([sort]) : update;
      if (next[0]) onSort(next[0]);
    },
  });
  return (
    <Table label={label} busy={busy} className={className}>
      <TableHead>
        {table.getHeaderGroups().map((group) => (
          <tr key={group.id}>
            {group.headers.map((header) =>
              header.column.getCanSort() ? (
                <SortTh
                  key={header.id}
                  className={header.column.columnDef.meta?.className}
                  direction={header.column.getIsSorted()}
                  onSort={() => header.column.toggleSorting()}
                >
                  <table.FlexRender header={header} />
                </SortTh>
              ) : (
                <Th key={header.id} className={header.column.columnDef.meta?.className}>
                  <table.FlexRender header={header} />
                </Th>
              ),
            )}
          </tr>
        ))}
      </TableHead>
      <TableBody>
        {table.getRowModel().rows.map((row) => (
          <TableRow key={row.id}>
            {row.getAllCells().map((cell) => (
              <Td
                key={cell.id}
                as={cell.column.columnDef.meta?.rowHeader ? "th" : "td"}
                className={cell.column.columnDef.meta?.className}
              >
                <table.FlexRender cell={cell} />
              </Td>
            ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
