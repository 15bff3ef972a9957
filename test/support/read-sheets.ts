import ExcelJS from 'exceljs';
/** Workbooks of tests, written as text. */
import { openWorkbook } from '../../src/engine/adapters/excel/open-workbook.ts';
import type { KnownMapping } from '../../src/shared/model/known-mapping.ts';
import type { Table } from '../../src/shared/model/schema.ts';
import { readWorkbook } from '../../src/engine/readers/excel/read-workbook.ts';

export interface SheetText {
  readonly name: string;
  /** One row a line, cells between bars; `^` goes on with the cell above, `<` with the cell at the left. */
  readonly text: string;
  readonly change?: (sheet: ExcelJS.Worksheet) => void;
}

const cellsOf = (line: string): readonly string[] => line.split('|').map((cell) => cell.trim());

function addSheet(book: ExcelJS.Workbook, { name, text, change }: SheetText): void {
  const sheet = book.addWorksheet(name);
  const lines = text.split('\n').map(cellsOf);
  for (const cells of lines)
    sheet.addRow(cells.map((cell) => (cell === '' || cell === '^' || cell === '<' ? null : valueOf(cell))));
  for (const mark of ['<', '^'] as const)
    lines.forEach((cells, row) =>
      cells.forEach((cell, column) => mergeFrom(sheet, lines, { row, column, cell, mark })),
    );
  change?.(sheet);
}

/** Merges a cell with the run of marks at its right or below it. */
function mergeFrom(
  sheet: ExcelJS.Worksheet,
  lines: readonly (readonly string[])[],
  { row, column, cell, mark }: { row: number; column: number; cell: string; mark: '<' | '^' },
): void {
  if (cell === mark) return;
  const [down, right] = mark === '^' ? [1, 0] : [0, 1];
  let count = 0;
  while (lines[row + down * (count + 1)]?.[column + right * (count + 1)] === mark) count += 1;
  if (count > 0) sheet.mergeCells(row + 1, column + 1, row + 1 + down * count, column + 1 + right * count);
}

const valueOf = (cell: string): string | number => (/^\d{1,9}$/.test(cell) ? Number(cell) : cell);

/** What is read of the sheets, one line a table, mapping or set of rows. */
export async function readSheets(
  sheets: readonly SheetText[],
  side: 'source' | 'target' = 'source',
): Promise<readonly string[]> {
  const book = new ExcelJS.Workbook();
  for (const sheet of sheets) addSheet(book, sheet);
  const opened = await openWorkbook(new Uint8Array(await book.xlsx.writeBuffer()), 'book.xlsx');
  const { data, schema } = readWorkbook(opened, { path: '', name: 'book.xlsx', dialect: null, side });
  return [
    ...schema.tables.map(tableText),
    ...(schema.mappings ?? []).map(mappingText),
    ...data.map(({ name, header, rows }) => `data ${name}: ${header.join(', ')} (${rows})`),
  ];
}

function tableText({ schema, name, comment, columns, primaryKey, foreignKeys }: Table): string {
  const own = columns.map(
    (column) =>
      `${column.name} ${column.rawType || '-'}${column.nullable ? '' : '!'}${column.comment === null ? '' : ` {${column.comment}}`}`,
  );
  const keys = primaryKey.length === 0 ? '' : ` pk ${primaryKey.join()}`;
  const references = foreignKeys.map((key) => ` fk ${key.columns.join()}>${key.references.table}`).join('');
  return `${schema === null ? '' : `${schema}.`}${name}${comment === null ? '' : ` {${comment}}`}: ${own.join(' | ')}${keys}${references}`;
}

function mappingText({ source, target, rule, status }: KnownMapping): string {
  const end = (side: KnownMapping['target']): string =>
    side === null ? 'nowhere' : [side.schema, side.table, side.column].filter((part) => part !== null).join('.');
  return `${end(source)} -> ${end(target)}${rule === null ? '' : ` [${rule}]`}${status === null ? '' : ` (${status})`}`;
}
