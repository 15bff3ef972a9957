/** A dictionary, a catalogue export or a mapping table as delimited text. */
import { PortolanError } from '../../../shared/errors.ts';
import type { SchemaFile } from '../../../shared/model/schema.ts';
import type { WorkbookRequest } from '../../ports/input-reader.ts';
import { tableNameOf } from '../csv/column-names.ts';
import { type CsvStructure, detectCsvStructure } from '../csv/csv-structure.ts';
import { forEachRecord } from '../csv/delimited-records.ts';
import type { LabelledRow, LabelledRows } from './labelled-rows.ts';
import { mergeTables } from './merge-tables.ts';
import { understandTable } from './understand-table.ts';

const headLength = 262_144;
const maxRows = 2_000_000;

/** Whether delimited text describes columns instead of holding rows; `head` is its beginning. */
export function isDelimitedDictionary(head: string, whole: boolean): boolean {
  const structure = detectCsvStructure(head, whole);
  if (structure?.header === null || structure === null) return false;
  const rows = structure.records.map((cells, index) => ({ number: index + 2, cells }));
  return (
    understandTable(labelled(structure, rows, ''), { dialect: null, side: 'source', fallbackName: 'table' }).kind !==
    'data'
  );
}

/** Throws PortolanError where the text is no longer what `isDelimitedDictionary` saw. */
export function readDelimitedDictionary(text: string, request: Omit<WorkbookRequest, 'path'>): SchemaFile {
  const file = request.name;
  const structure = detectCsvStructure(text.slice(0, headLength), text.length <= headLength);
  if (structure?.header === null || structure === null) throw noDictionary(file);
  const rows: LabelledRow[] = [];
  forEachRecord(text, structure, ({ cells, startLine }) => {
    if (startLine > structure.skipLines) rows.push({ number: startLine, cells });
    return rows.length < maxRows;
  });
  const understood = understandTable(labelled(structure, rows, file), { ...request, fallbackName: tableNameOf(file) });
  if (understood.kind === 'data') throw noDictionary(file);
  const { dialect, tables, mappings, diagnostics } = understood;
  const schema = { file, format: 'dictionary' as const, dialect, tables: mergeTables(tables), diagnostics };
  return mappings.length === 0 ? schema : { ...schema, mappings };
}

function labelled({ header, skipLines }: CsvStructure, rows: readonly LabelledRow[], file: string): LabelledRows {
  return {
    file,
    sheet: null,
    title: null,
    header: (header ?? []).map((name) => ({ name, group: null })),
    headerRow: skipLines,
    rows,
  };
}

const noDictionary = (file: string): PortolanError =>
  new PortolanError('INPUT_INVALID', `${file} describes no columns`, {
    hint: 'It needs a header line with at least a column name and a data type.',
    where: { file },
  });
