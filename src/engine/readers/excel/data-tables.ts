/** Tables of a workbook that hold rows: named, and written as the plain CSV that DuckDB reads like any other extract. */
import type { WorkbookTable } from '../../ports/input-reader.ts';
import { columnNames, tableNameOf } from '../csv/column-names.ts';
import type { Diagnostic } from '../../../shared/model/schema.ts';
import { titleOfTable } from '../dictionary/table-title.ts';
import type { FoundTable } from './find-tables.ts';

export interface SheetTable {
  readonly sheet: string;
  readonly table: FoundTable;
  /** How many data tables the sheet has. */
  readonly inSheet: number;
}

/** What spreadsheets call a sheet that nobody named. */
const unnamedSheet =
  /^(?:sheet|tabelle|feuil|hoja|foglio|blad|arkusz|munka|лист|plan|planilha|list|ark|taul|taulukko|sayfa|シート|工作表)\s*\d*$/iu;

/** One CSV a table; names are those of titles, sheets and the file, in this order, each once. */
export function dataTables(
  found: readonly SheetTable[],
  file: string,
): { readonly data: readonly WorkbookTable[]; readonly diagnostics: readonly Diagnostic[] } {
  const taken = new Set<string>();
  const diagnostics: Diagnostic[] = [];
  const sheets = new Set(found.map(({ sheet }) => sheet)).size;
  const data = found.map(({ sheet, table, inSheet }): WorkbookTable => {
    const wanted = nameOf({ sheet, table, inSheet }, sheets, file);
    let name = wanted;
    for (let n = 2; taken.has(name.toLowerCase()); n += 1) name = `${wanted}_${n}`;
    taken.add(name.toLowerCase());
    const place = `${file} (sheet "${sheet}")`;
    const named = columnNames(table.header?.map((cell) => cell.name) ?? null, table.columns.length, place);
    for (const diagnostic of named.diagnostics) diagnostics.push({ ...diagnostic, file, line: table.top });
    const rows = table.rows.map((row) => {
      const byColumn = new Map(row.cells.map((cell) => [cell.column, cell.text]));
      return table.columns.map((column) => byColumn.get(column) ?? '');
    });
    return {
      name,
      sheet,
      row: table.top,
      part: `${sheet}!${table.top}:${table.columns[0] ?? 1}`,
      header: named.names,
      rows: rows.length,
      csv: `${[named.names, ...rows].map((cells) => cells.map(csvCell).join(',')).join('\n')}\n`,
    };
  });
  return { data, diagnostics };
}

function nameOf({ sheet, table, inSheet }: SheetTable, sheets: number, file: string): string {
  const titled = titleOfTable(table.title);
  if (inSheet > 1 && titled !== null) return titled.name;
  if (inSheet > 1 && table.title !== null && table.title.length <= 60) return table.title;
  if (!unnamedSheet.test(sheet.trim())) return sheet.trim();
  const stem = tableNameOf(file).replace(/\.xls[xmb]?$/i, '');
  return sheets === 1 ? stem : `${stem}_${sheet.trim()}`;
}

function csvCell(text: string): string {
  return /[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
}
