/** Everything that a workbook says: tables of data, dictionaries that describe schemas, and mappings that are known. */
import { PortolanError } from '../../../shared/errors.ts';
import type { KnownMapping } from '../../../shared/model/known-mapping.ts';
import type { Diagnostic, Dialect, Table } from '../../../shared/model/schema.ts';
import type { WorkbookContent, WorkbookRequest } from '../../ports/input-reader.ts';
import type { Sheet } from '../../ports/workbook.ts';
import type { LabelledRows } from '../dictionary/labelled-rows.ts';
import { mergeTables } from '../dictionary/merge-tables.ts';
import { understandTable } from '../dictionary/understand-table.ts';
import { type SheetTable, dataTables } from './data-tables.ts';
import { type FoundTable, findTables } from './find-tables.ts';
import { gridOf } from './grid.ts';
import { tableOverview } from './table-overview.ts';

const maxNotes = 5;

/** Sheets that speak of the workbook itself, where others hold what it is about. */
const documentSheet =
  /^(?:cover|title|front|history|change|version|revision|read ?me|contents?|toc|index|legend|notes?|info|about|instructions?|deckblatt|historie|änderung|inhalt|legende|portada|índice|historial|sommaire|copertina|capa)/iu;

/** Hidden sheets are read as well, and said. Throws PortolanError where no sheet holds a table. */
export function readWorkbook(sheets: readonly Sheet[], request: WorkbookRequest): WorkbookContent {
  const file = request.name;
  const described: Table[] = [];
  const mappings: KnownMapping[] = [];
  const diagnostics: Diagnostic[] = [];
  const data: SheetTable[] = [];
  let dialect: Dialect | null = request.dialect;
  const say = (severity: Diagnostic['severity'], message: string, line: number | null = null): void => {
    diagnostics.push({ severity, message, file, line, statement: null });
  };
  for (const sheet of sheets) {
    const { tables, notes } = findTables(gridOf(sheet));
    const rest: FoundTable[] = [];
    for (const table of tables) {
      const understood = understandTable(labelled(table, sheet.name, file), {
        dialect: request.dialect,
        side: request.side,
        fallbackName: sheet.name.trim(),
      });
      if (understood.kind === 'data') {
        rest.push(table);
        continue;
      }
      dialect ??= understood.dialect;
      described.push(...understood.tables);
      mappings.push(...understood.mappings);
      diagnostics.push(...understood.diagnostics);
      say('info', summary(sheet.name, table, understood), table.top);
    }
    data.push(...rest.map((table) => ({ sheet: sheet.name, table, inSheet: rest.length })));
    remarkOn(sheet, notes, say);
  }
  const overviews = data.map((item) => tableOverview(labelled(item.table, item.sheet, file), described));
  const listed = new Map(overviews.flatMap((overview) => [...(overview ?? [])]));
  const rows = data.filter((_, index) => overviews[index] === null);
  const isDescribed = described.length > 0 || mappings.length > 0;
  const written = dataTables(isDescribed ? rows.filter(({ sheet }) => !documentSheet.test(sheet.trim())) : rows, file);
  diagnostics.push(...written.diagnostics);
  for (const table of written.data)
    say('info', `Sheet "${table.sheet}" holds ${table.rows} rows of ${table.name} below row ${table.row}`, table.row);
  if (described.length === 0 && mappings.length === 0 && data.length === 0)
    throw new PortolanError('INPUT_INVALID', `${file} holds no table`, {
      hint: 'Give the columns names in a row above their values.',
      where: { file },
    });
  // A mapping lists some columns of a table; its rows, where they are here, show all of them.
  const held = new Set(mappings.length === 0 ? [] : written.data.map(({ name }) => name.toLowerCase()));
  const tables = mergeTables(described.filter(({ name }) => !held.has(name.toLowerCase()))).map((table) =>
    table.comment === null ? { ...table, comment: listed.get(table.name.toLowerCase()) || null } : table,
  );
  const schema = { file, format: 'excel' as const, dialect, tables, diagnostics };
  return { schema: mappings.length === 0 ? schema : { ...schema, mappings }, data: written.data };
}

function labelled({ header, columns, title, top, rows }: FoundTable, sheet: string, file: string): LabelledRows {
  return {
    file,
    sheet,
    title,
    header: header ?? columns.map(() => ({ name: '', group: null })),
    headerRow: top,
    rows: rows.map(({ number, cells }) => {
      const byColumn = new Map(cells.map((cell) => [cell.column, cell.text]));
      return { number, cells: columns.map((column) => byColumn.get(column) ?? '') };
    }),
  };
}

function summary(
  sheet: string,
  table: FoundTable,
  understood: { readonly kind: string; readonly tables: readonly Table[]; readonly mappings: readonly KnownMapping[] },
): string {
  const columns = understood.tables.reduce((sum, { columns: own }) => sum + own.length, 0);
  return understood.kind === 'mapping'
    ? `Sheet "${sheet}" sets ${understood.mappings.length} columns of source and target side by side below row ${table.top}`
    : `Sheet "${sheet}" describes ${columns} columns of ${understood.tables.length} tables below row ${table.top}`;
}

function remarkOn(
  { name, hidden, errorCells, unsavedFormulas, rows }: Sheet,
  notes: readonly { readonly row: number; readonly text: string }[],
  say: (severity: Diagnostic['severity'], message: string, line?: number | null) => void,
): void {
  if (hidden && rows.length > 0) say('info', `Sheet "${name}" is hidden and read as well`);
  if (errorCells > 0)
    say(
      'warning',
      `${errorCells} cells of sheet "${name}" show an error such as #REF! and count as empty; repair their formulas`,
    );
  if (unsavedFormulas > 0)
    say(
      'warning',
      `${unsavedFormulas} formulas of sheet "${name}" were stored without their value and count as empty; open the file in Excel or LibreOffice and save it again`,
    );
  for (const { row, text } of notes.slice(0, maxNotes))
    say('info', `Sheet "${name}", row ${row} is a note: ${text.slice(0, 100)}`, row);
  if (notes.length > maxNotes) say('info', `Sheet "${name}" has ${notes.length - maxNotes} more lines of notes`);
}
