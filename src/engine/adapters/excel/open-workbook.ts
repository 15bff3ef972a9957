import type ExcelJS from 'exceljs';
import { PortolanError } from '../../../shared/errors.ts';
import type { OpenWorkbook, Sheet, SheetCell, SheetRow } from '../../ports/workbook.ts';
import { unpackWorkbook } from './unpack-workbook.ts';

/** What the parser would spread out over cells, or look up in parts that are not there. */
const ignoredNodes = [
  'sheetPr',
  'dimension',
  'sheetViews',
  'cols',
  'autoFilter',
  'mergeCells',
  'rowBreaks',
  'hyperlinks',
  'dataValidations',
  'headerFooter',
  'picture',
  'drawing',
  'tableParts',
  'conditionalFormatting',
  'extLst',
];

/** Reads .xlsx and .xlsm. Values of formulas are those that were stored with them. */
export const openWorkbook: OpenWorkbook = async (bytes, file) => {
  const { archive, mergesBySheet } = await unpackWorkbook(bytes, file);
  // Half a second for every process that loads it, and few read workbooks.
  const { Workbook } = (await import('exceljs')).default;
  const workbook = new Workbook();
  try {
    const options: Partial<ExcelJS.XlsxReadOptions> = { ignoreNodes: ignoredNodes };
    await workbook.xlsx.load(archive.buffer as ArrayBuffer, options);
  } catch (thrown) {
    throw new PortolanError('INPUT_INVALID', `${file} cannot be read as a workbook (${messageOf(thrown)})`, {
      hint: 'Open it in Excel or LibreOffice and save it again as .xlsx.',
      where: { file },
      cause: thrown,
    });
  }
  return workbook.worksheets.map((worksheet) => sheetOf(worksheet, mergesBySheet.get(worksheet.name) ?? []));
};

const messageOf = (thrown: unknown): string =>
  (thrown instanceof Error ? thrown.message : String(thrown)).split('\n')[0]?.slice(0, 200) ?? '';

function sheetOf(worksheet: ExcelJS.Worksheet, merges: Sheet['merges']): Sheet {
  const rows: SheetRow[] = [];
  let errorCells = 0;
  let unsavedFormulas = 0;
  worksheet.eachRow((row, number) => {
    const cells: SheetCell[] = [];
    row.eachCell((cell, column) => {
      const value = plainValue(cell.value);
      if (value === null && isFormula(cell.value)) unsavedFormulas += 1;
      if (isError(value)) errorCells += 1;
      else {
        const shown = shownValue(value, cell.numFmt);
        if (shown !== null) cells.push({ column, ...shown });
      }
    });
    if (cells.length > 0) rows.push({ number, cells });
  });
  return { name: worksheet.name, hidden: worksheet.state !== 'visible', rows, merges, errorCells, unsavedFormulas };
}

type PlainValue = null | number | string | boolean | Date | { readonly error: string };

const isError = (value: PlainValue): value is { readonly error: string } =>
  typeof value === 'object' && value !== null && !(value instanceof Date);

const isFormula = (value: ExcelJS.CellValue | undefined): boolean =>
  typeof value === 'object' &&
  value !== null &&
  ('formula' in value || 'sharedFormula' in value) &&
  value.result === undefined;

/** Formulas by their result, rich text and links by their text. */
function plainValue(value: ExcelJS.CellValue | undefined): PlainValue {
  if (value === null || value === undefined) return null;
  if (typeof value !== 'object' || value instanceof Date) return value;
  if ('error' in value) return { error: String(value.error) };
  if ('richText' in value) return value.richText.map(({ text }) => text).join('');
  if ('text' in value) return plainValue(value.text as ExcelJS.CellValue);
  if ('result' in value) return plainValue(value.result as ExcelJS.CellValue);
  return null;
}

function shownValue(
  value: null | number | string | boolean | Date,
  format: string | undefined,
): Omit<SheetCell, 'column'> | null {
  if (value === null) return null;
  if (typeof value === 'string') {
    const text = value.replaceAll('\0', '').trim();
    return text === '' ? null : { text, kind: 'text' };
  }
  if (typeof value === 'boolean') return { text: String(value), kind: 'boolean' };
  if (value instanceof Date) {
    const text = shownDate(value);
    return text === null ? null : { text, kind: 'date' };
  }
  if (!Number.isFinite(value)) return null;
  // `00000` shows codes with leading zeros. Excel keeps fifteen digits; what follows them is noise of binary fractions.
  if (format !== undefined && /^0{2,20}$/.test(format) && Number.isInteger(value) && value >= 0)
    return { text: String(value).padStart(format.length, '0'), kind: 'text' };
  return { text: String(Number(value.toPrecision(15))), kind: 'number' };
}

/** ISO date, with time where there is one; a time alone lies on day 0 of the calendar. */
function shownDate(date: Date): string | null {
  if (Number.isNaN(date.getTime())) return null;
  // Fractions of a day are not exact: 12:00:00 may come as 11:59:59.9995.
  const iso = new Date(Math.round(date.getTime() / 1000) * 1000).toISOString();
  if (date.getUTCFullYear() < 1900) return iso.slice(11, 19);
  return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : `${iso.slice(0, 10)} ${iso.slice(11, 19)}`;
}
