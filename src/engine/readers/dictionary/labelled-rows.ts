/** A table found in a file, before it is known what its rows mean: of a workbook or of delimited text. */

export interface HeaderCell {
  readonly name: string;
  /** What stands above the name: the system or the side of a mapping; null where nothing does. */
  readonly group: string | null;
}

export interface LabelledRow {
  /** Row of the sheet or line of the file. */
  readonly number: number;
  /** Text by column; empty where the cell is. */
  readonly cells: readonly string[];
}

export interface LabelledRows {
  /** The input's name. */
  readonly file: string;
  readonly sheet: string | null;
  /** What stands above the table; null where nothing does. */
  readonly title: string | null;
  readonly header: readonly HeaderCell[];
  readonly headerRow: number;
  readonly rows: readonly LabelledRow[];
}

/** Where something stands, for messages: `sheet "Fields", row 12` or `line 12`. */
export function placeOf(table: Pick<LabelledRows, 'sheet'>, row: number): string {
  return table.sheet === null ? `line ${row}` : `sheet "${table.sheet}", row ${row}`;
}
