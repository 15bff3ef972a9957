/** A sheet with the values of merged cells written into every cell that they cover. */
import type { CellRange, Sheet, SheetCell } from '../../ports/workbook.ts';

export interface GridCell extends SheetCell {
  /** A copy: the value stands in another cell of the merged range. */
  readonly copied: boolean;
}

export interface GridRow {
  readonly number: number;
  readonly cells: readonly GridCell[];
}

const maxCopies = 1_000_000;

/** Rows stay those that hold a value of their own: a merge over empty rows adds none. */
export function gridOf({ rows, merges }: Sheet): readonly GridRow[] {
  const copies = new Map<number, Map<number, SheetCell>>();
  let left = maxCopies;
  for (const range of merges) {
    const origin = rows[firstRowFrom(rows, range.top)];
    const value = origin?.number === range.top ? origin.cells.find(({ column }) => column === range.left) : undefined;
    if (value === undefined) continue;
    for (let index = firstRowFrom(rows, range.top); index < rows.length && left > 0; index += 1) {
      const number = rows[index]?.number ?? 0;
      if (number > range.bottom) break;
      left -= copyInto(copies, number, { value, range, lastColumn: Math.min(range.right, range.left + left) });
    }
  }
  return rows.map(({ number, cells }) => ({ number, cells: merged(cells, copies.get(number)) }));
}

function copyInto(
  copies: Map<number, Map<number, SheetCell>>,
  row: number,
  { value, range, lastColumn }: { readonly value: SheetCell; readonly range: CellRange; readonly lastColumn: number },
): number {
  const known = copies.get(row) ?? new Map<number, SheetCell>();
  copies.set(row, known);
  for (let column = range.left; column <= lastColumn; column += 1)
    if (row !== range.top || column !== range.left) known.set(column, { ...value, column });
  return lastColumn - range.left + 1;
}

function merged(own: readonly SheetCell[], copies: ReadonlyMap<number, SheetCell> | undefined): readonly GridCell[] {
  const cells = own.map((cell): GridCell => ({ ...cell, copied: false }));
  if (copies === undefined) return cells;
  const filled = new Set(own.map(({ column }) => column));
  for (const [column, cell] of copies) if (!filled.has(column)) cells.push({ ...cell, copied: true });
  return cells.sort((a, b) => a.column - b.column);
}

/** Index of the first row at or below a row number. */
function firstRowFrom(rows: Sheet['rows'], number: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle]?.number ?? 0) < number) low = middle + 1;
    else high = middle;
  }
  return low;
}
