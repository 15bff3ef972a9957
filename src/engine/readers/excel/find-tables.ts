/**
 * Finds the tables of a sheet: blocks of cells between blank rows and columns, with the row that names their columns, what
 * stands above them, and rows that go on below a gap.
 */
import { headerMeaning, sideOf } from '../dictionary/header-role.ts';
import type { HeaderCell } from '../dictionary/labelled-rows.ts';
import { namesTable, titleOfTable } from '../dictionary/table-title.ts';
import { findHeader, isNames, knownWords } from './find-header.ts';
import type { GridCell, GridRow } from './grid.ts';

export interface FoundTable {
  /** Null where the first row holds values already. */
  readonly header: readonly HeaderCell[] | null;
  /** Sheet columns, from left to right. */
  readonly columns: readonly number[];
  /** Row number of the header, or of the first row without one. */
  readonly top: number;
  readonly title: string | null;
  readonly rows: readonly GridRow[];
}

export interface FoundTables {
  readonly tables: readonly FoundTable[];
  /** Texts of no table, with the row that they stand in. */
  readonly notes: readonly { readonly row: number; readonly text: string }[];
}

interface OpenTable {
  header: readonly HeaderCell[] | null;
  readonly columns: number[];
  readonly top: number;
  readonly title: string | null;
  readonly rows: GridRow[];
}

interface Block {
  readonly rows: readonly GridRow[];
  readonly left: number;
  readonly right: number;
}

export function findTables(grid: readonly GridRow[]): FoundTables {
  const tables: OpenTable[] = [];
  const notes: { row: number; text: string }[] = [];
  let title: string | null = null;
  for (const band of bandsOf(grid)) {
    if (continues(band, tables)) {
      addToTables(band, tables);
      title = null;
      continue;
    }
    for (const block of blocksOf(band)) {
      const found = tablesOfBlock(block, title);
      tables.push(...found.tables);
      notes.push(...found.notes);
      // A form, or a column of lines alone, may be read as a table and speaks of the next one all the same.
      const spoken = found.tables.every((table) => table.columns.length === 1 || isForm(table))
        ? [...found.notes, ...found.tables.flatMap(({ rows, header, top }) => notesOf(rows, header, top))]
        : null;
      title = spoken === null ? null : (titleAmong(spoken) ?? title);
    }
  }
  const kept = tables.filter((table) => isTable(table, tables.length));
  for (const table of tables) if (!kept.includes(table)) notes.push(...notesOf(table.rows, table.header, table.top));
  return { tables: kept, notes: notes.sort((a, b) => a.row - b.row) };
}

/** The last line, or the one that names a table with its schema and what is said of it below. */
function titleAmong(notes: readonly { readonly text: string }[]): string | null {
  const at = notes.findLastIndex(({ text }) => namesTable(text));
  const named = notes[at]?.text;
  if (named === undefined) return notes.at(-1)?.text ?? null;
  const said = notes.slice(at + 1).flatMap(({ text }) => {
    const [, label, value] = /^(\p{L}{3,20})\s*:\s*(.+)$/u.exec(text) ?? [];
    return label === undefined || value === undefined ? [] : [{ role: headerMeaning(label)?.role, value }];
  });
  const schema = said.find(({ role }) => role === 'schema')?.value;
  const comment = said.find(({ role }) => role !== 'schema')?.value;
  const own = titleOfTable(named);
  const title = schema === undefined || own === null || own.schema !== null ? named : `Table: ${schema}.${own.name}`;
  return comment === undefined ? title : `${title} – ${comment}`;
}

/** Runs of rows without a blank row between them. */
function bandsOf(grid: readonly GridRow[]): readonly (readonly GridRow[])[] {
  const bands: GridRow[][] = [];
  for (const row of grid) {
    const band = bands.at(-1);
    if (band === undefined || (band.at(-1)?.number ?? 0) + 1 < row.number) bands.push([row]);
    else band.push(row);
  }
  return bands;
}

/** Blocks beside each other, with blank columns between them. A title over all of them joins none. */
function blocksOf(band: readonly GridRow[]): readonly Block[] {
  const filled = new Set<number>();
  for (const { cells } of band) for (const { column, copied } of cells) if (!copied) filled.add(column);
  const blocks: { left: number; right: number }[] = [];
  for (const column of [...filled].sort((a, b) => a - b)) {
    const last = blocks.at(-1);
    if (last === undefined || last.right + 1 < column) blocks.push({ left: column, right: column });
    else last.right = column;
  }
  const cut = blocks.map((range) => cutOut(band, range));
  return joinBlocks(cut, band);
}

function cutOut(rows: readonly GridRow[], { left, right }: { readonly left: number; readonly right: number }): Block {
  const within = rows.flatMap(({ number, cells }) => {
    const own = cells.filter(({ column }) => column >= left && column <= right);
    return own.length === 0 ? [] : [{ number, cells: own }];
  });
  return { rows: within, left, right };
}

/** Blocks whose names stand in one row are one table with a blank column, unless they say the same names or end apart. */
function joinBlocks(blocks: readonly Block[], band: readonly GridRow[]): readonly Block[] {
  const joined: Block[] = [];
  for (const block of blocks) {
    const before = joined.at(-1);
    if (before !== undefined && belongTogether(before, block))
      joined[joined.length - 1] = cutOut(band, { left: before.left, right: block.right });
    else joined.push(block);
  }
  return joined;
}

const lastRow = ({ rows }: Block): number => rows.at(-1)?.number ?? 0;

function belongTogether(left: Block, right: Block): boolean {
  if (right.left - left.right > 3) return false;
  const a = findHeader(left.rows)?.index ?? -1;
  const b = findHeader(right.rows)?.index ?? -1;
  const [first, second] = [left.rows[a], right.rows[b]];
  if (first === undefined || second === undefined || first.number !== second.number) return false;
  const isMapping = namesAColumn(first.cells) && namesAColumn(second.cells);
  const ends = Math.abs(lastRow(left) - lastRow(right));
  if (!isMapping) return ends === 0 && !sharesName(first, second);
  const length = Math.max(left.rows.length, right.rows.length);
  return ends <= Math.max(3, length * 0.25) && !isPair(left, a, right, b);
}

function sharesName(first: GridRow, second: GridRow): boolean {
  const names = new Set(first.cells.map(({ text }) => text.toLowerCase()));
  return second.cells.some(({ text }) => names.has(text.toLowerCase()));
}

/** Two tables beside each other: the same words for their columns, and above each a name that speaks of no side. */
function isPair(left: Block, a: number, right: Block, b: number): boolean {
  const [first, second] = [left.rows[a], right.rows[b]];
  const [above, other] = [left.rows[a - 1], right.rows[b - 1]];
  if (above?.cells.length !== 1 || other?.cells.length !== 1) return false;
  const textOf = (row: GridRow | undefined): string =>
    (row?.cells ?? []).map(({ text }) => text.toLowerCase()).join('\0');
  const hasTable = first?.cells.some(({ text }) => ['table', 'qualified'].includes(headerMeaning(text)?.role ?? ''));
  const sided = [above, other].some((row) => sideOf(textOf(row)) !== null);
  return textOf(first) === textOf(second) && hasTable === false && !sided;
}

function namesAColumn(cells: readonly GridCell[]): boolean {
  return cells.some(({ text }) => {
    const meaning = headerMeaning(text);
    return meaning !== null && !meaning.weak && ['table', 'column', 'qualified'].includes(meaning.role);
  });
}

function tablesOfBlock(
  { rows, left, right }: Block,
  titleAbove: string | null,
): { tables: OpenTable[]; notes: { row: number; text: string }[] } {
  const header = findHeader(rows);
  if (header === null) return withoutNames({ rows, left, right }, titleAbove);
  const start = header.groups ?? header.index;
  const above = rows.slice(0, start);
  const names = rows[header.index] as GridRow;
  const groups = header.groups === null ? null : (rows[header.groups] as GridRow);
  const notes = notesOf(above, null, 0);
  const tables: OpenTable[] = [];
  const open = (title: string | null, top: number): OpenTable => {
    const columns = range(left, right).filter((column) => !isCopy(rows.slice(header.index), column));
    const table: OpenTable = {
      header: columns.map((column) => headerCell(column, names, groups)),
      columns,
      top,
      title,
      rows: [],
    };
    tables.push(table);
    return table;
  };
  let table = open(titleAmong(notes) ?? titleAbove, names.number);
  const sameNames = names.cells.map(({ text }) => text).join('\0');
  for (const row of rows.slice(header.index + 1)) {
    if (row.cells.map(({ text }) => text).join('\0') === sameNames) {
      // The names once more: another table begins, under its own title where there is one.
      const last = table.rows.at(-1);
      const isTitle = last !== undefined && last.cells.length === 1 && names.cells.length > 1;
      if (isTitle) table.rows.pop();
      table = open(isTitle ? (last.cells[0]?.text ?? null) : null, row.number);
    } else table.rows.push(row);
  }
  return { tables, notes: [...notes] };
}

/** Values without names are a table where rows have several of them. */
function withoutNames({ rows, left, right }: Block, title: string | null): ReturnType<typeof tablesOfBlock> {
  const values = rows.filter(({ cells }) => cells.length > 1);
  if (right === left || values.length < 2) return { tables: [], notes: [...notesOf(rows, null, 0)] };
  const top = rows[0]?.number ?? 1;
  return { tables: [{ header: null, columns: range(left, right), top, title, rows: [...rows] }], notes: [] };
}

/** A column that cells merged from its left cover all the way down. */
function isCopy(rows: readonly GridRow[], column: number): boolean {
  return rows.every(({ cells: all }, index) => {
    const at = all.findIndex((cell) => cell.column === column);
    const [left, own] = [all[at - 1], all[at]];
    return own === undefined ? index > 0 : own.copied && left?.text === own.text && left.column === column - 1;
  });
}

function headerCell(column: number, names: GridRow, groups: GridRow | null): HeaderCell {
  const name = (names.cells.find((cell) => cell.column === column)?.text ?? '').replace(/\s+/g, ' ');
  const group = groups === null ? null : (groups.cells.findLast((cell) => cell.column <= column)?.text ?? null);
  return { name, group: group === null || group === name ? null : group.replace(/\s+/g, ' ') };
}

function range(left: number, right: number): number[] {
  return Array.from({ length: right - left + 1 }, (_, index) => left + index);
}

/** Whether a band below a gap holds more rows of the tables above it. */
function continues(band: readonly GridRow[], tables: readonly OpenTable[]): boolean {
  const first = band.find(({ cells }) => cells.length > 1);
  if (first === undefined) return false;
  const columns = first.cells.map(({ column }) => column);
  const table = tables.findLast(({ columns: own }) => columns.every((column) => own.includes(column)));
  if (table === undefined || table !== tables.at(-1) || table.rows.length === 0 || table.columns.length < 2)
    return false;
  if (isSameHeader(first, table)) return false;
  const numeric = table.columns.filter((column) => isNumeric(table.rows, column));
  const fits = numeric.every((column) => first.cells.find((cell) => cell.column === column)?.kind !== 'text');
  if (!fits) return false;
  if (numeric.length > 0 && first.cells.some(({ column }) => numeric.includes(column))) return true;
  return table.header !== null && knownWords(first.cells) < 2 && !startsAnew(band, first, table);
}

/** Another table under the same columns: its names over values of other kinds. */
function startsAnew(band: readonly GridRow[], first: GridRow, table: OpenTable): boolean {
  if (!isNames(first.cells)) return false;
  const rest = band.slice(band.indexOf(first) + 1);
  const typed = rest.some(({ cells }) =>
    cells.some(
      ({ column, kind }) =>
        kind !== 'text' && first.cells.some((cell) => cell.column === column && cell.kind === 'text'),
    ),
  );
  // Without values to tell, a block as wide as the table goes on with it.
  return typed || band.indexOf(first) > 0 || first.cells.length < table.columns.length * 0.5;
}

function isSameHeader(row: GridRow, { header, columns }: OpenTable): boolean {
  return header !== null && row.cells.every(({ column, text }) => header[columns.indexOf(column)]?.name === text);
}

function isNumeric(rows: readonly GridRow[], column: number): boolean {
  const cells = rows.slice(0, 50).flatMap((row) => row.cells.filter((cell) => cell.column === column));
  return cells.length > 0 && cells.every(({ kind }) => kind !== 'text');
}

function addToTables(band: readonly GridRow[], tables: readonly OpenTable[]): void {
  tables.at(-1)?.rows.push(...band);
}

/** Pairs of a word with a colon and a value. */
function isForm({ header, rows }: Pick<OpenTable, 'header' | 'rows'>): boolean {
  const first = [...(header === null ? [] : [header[0]?.name ?? '']), ...rows.map(({ cells }) => cells[0]?.text ?? '')];
  return first.filter((text) => text.endsWith(':')).length * 2 >= first.length;
}

/** A form is none; a single column is a list of notes unless it is the whole sheet. */
function isTable({ header, columns, rows }: OpenTable, count: number): boolean {
  if (columns.length === 1)
    return (
      count === 1 &&
      header !== null &&
      rows.length >= 2 &&
      rows.every(({ cells }) => (cells[0]?.text.length ?? 0) <= 60)
    );
  if (isForm({ header, rows })) return false;
  // Names without a row are a table only where nothing else stands in the sheet.
  return rows.length > 0 || (count === 1 && columns.length > 1);
}

function notesOf(
  rows: readonly GridRow[],
  header: readonly HeaderCell[] | null,
  top: number,
): readonly { readonly row: number; readonly text: string }[] {
  const texts = rows.map(({ number, cells }) => ({
    row: number,
    text: cells
      .filter(({ copied }: GridCell) => !copied)
      .map(({ text }) => text)
      .join(' ')
      .slice(0, 200),
  }));
  return header === null
    ? texts
    : [
        {
          row: top,
          text: header
            .map(({ name }) => name)
            .join(' ')
            .slice(0, 200),
        },
        ...texts,
      ];
}
