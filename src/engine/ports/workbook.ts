/** A spreadsheet as its cells show it, without anything that a file format adds. */

export interface SheetCell {
  /** From 1. */
  readonly column: number;
  /** The value as text: numbers with a point, dates the ISO way, formulas by their result; never empty. */
  readonly text: string;
  readonly kind: 'text' | 'number' | 'date' | 'boolean';
}

export interface SheetRow {
  /** From 1, as the spreadsheet numbers it. */
  readonly number: number;
  /** Filled cells only, from left to right. */
  readonly cells: readonly SheetCell[];
}

export interface CellRange {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

export interface Sheet {
  readonly name: string;
  readonly hidden: boolean;
  /** Rows with a filled cell only, from top to bottom. */
  readonly rows: readonly SheetRow[];
  readonly merges: readonly CellRange[];
  /** Cells that show an error instead of a value (`#REF!`); they are left out of `rows`. */
  readonly errorCells: number;
  /** Formulas that were stored without their value: they are left out of `rows` as well. */
  readonly unsavedFormulas: number;
}

/**
 * The sheets of a workbook's bytes in their order. Throws PortolanError, with the remedy, where it is no workbook that can
 * be read or where it is built to exhaust memory.
 */
export type OpenWorkbook = (bytes: Uint8Array, file: string) => Promise<readonly Sheet[]>;
