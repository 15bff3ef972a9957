/** What a table found in a file is: data, a dictionary of columns, or a mapping from columns to columns. */
import type { KnownMapping } from '../../../shared/model/known-mapping.ts';
import type { Diagnostic, Dialect, Table } from '../../../shared/model/schema.ts';
import { catalogueDialect } from './catalogue-signature.ts';
import { type DictionaryColumns, type RoleColumns, dictionaryColumns } from './dictionary-columns.ts';
import { isTypeText } from './dictionary-type.ts';
import type { LabelledRows } from './labelled-rows.ts';
import { readDictionary } from './read-dictionary.ts';
import { type ReadMappings, readMappingRows } from './read-mapping-rows.ts';

export type UnderstoodTable =
  | { readonly kind: 'data' }
  | {
      readonly kind: 'dictionary' | 'mapping';
      readonly dialect: Dialect | null;
      /** Of a mapping: of the side that was asked for. */
      readonly tables: readonly Table[];
      readonly mappings: readonly KnownMapping[];
      readonly diagnostics: readonly Diagnostic[];
    };

export interface UnderstandOptions {
  /** The dialect that the user named; null: by the header. */
  readonly dialect: Dialect | null;
  /** Which side of a mapping gives the tables. */
  readonly side: 'source' | 'target';
  /** The table's name where the file says none. */
  readonly fallbackName: string;
}

const sampledRows = 300;

export function understandTable(table: LabelledRows, options: UnderstandOptions): UnderstoodTable {
  const columns = dictionaryColumns(table.header);
  const dialect = options.dialect ?? catalogueDialect(table.header);
  if (columns.target !== null) {
    const { mappings, ends, diagnostics } = readMappingRows(table, columns.source, columns.target);
    if (mappings.length === 0) return { kind: 'data' };
    const roles = columns[options.side] ?? columns.source;
    const tables = tablesOfSide(table, roles, ends, { ...options, dialect });
    return { kind: 'mapping', dialect, tables, mappings, diagnostics };
  }
  if (!isDictionary(table, columns, dialect)) return { kind: 'data' };
  return {
    kind: 'dictionary',
    dialect,
    mappings: [],
    ...readDictionary(table, columns.source, { dialect, fallbackName: options.fallbackName }),
  };
}

/** A header alone may be that of any list: what stands below it must be names and types. */
function isDictionary(table: LabelledRows, { source, weak }: DictionaryColumns, dialect: Dialect | null): boolean {
  const at = source.get('column') ?? source.get('qualified');
  if (at === undefined || table.rows.length === 0) return false;
  const names = valuesAt(table, at);
  if (names.length === 0 || share(names, isName) < 0.8) return false;
  const clear = { column: !weak.has('column'), table: source.has('table') && !weak.has('table') };
  const types = valuesAt(table, source.get('type'));
  const known = types.length < names.length * 0.5 ? 0 : share(types, (text) => isTypeText(text, dialect));
  if (known >= 0.5) return clear.column || clear.table || source.size >= 3 || known >= 0.8;
  return clear.column && clear.table && describesColumns(source) && !isUniform(names);
}

const describesColumns = (roles: RoleColumns): boolean =>
  (['comment', 'type', 'nullable', 'required'] as const).some((role) => roles.has(role));

const isName = (text: string): boolean => text.length <= 128 && /\p{L}/u.test(text) && !/\n|[.!?]\s/.test(text);

/** Every line of the same name is no list of columns. */
const isUniform = (names: readonly string[]): boolean => names.length > 3 && new Set(names).size === 1;

function valuesAt(table: LabelledRows, index: number | undefined): readonly string[] {
  if (index === undefined) return [];
  return table.rows.slice(0, sampledRows).flatMap(({ cells }) => {
    const text = (cells[index] ?? '').trim();
    return text === '' ? [] : [text];
  });
}

function share(values: readonly string[], test: (text: string) => boolean): number {
  return values.length === 0 ? 0 : values.filter(test).length / values.length;
}

/** The columns that one side of a mapping lists, each once. */
function tablesOfSide(
  table: LabelledRows,
  roles: RoleColumns,
  ends: ReadMappings['ends'],
  { dialect, fallbackName, side }: UnderstandOptions,
): readonly Table[] {
  // A line's end is read as the mapping reads it, so that both speak of the same column.
  const cellsOf = new Map(table.rows.map(({ number, cells }) => [number, cells]));
  const rows = ends.flatMap((line) => {
    const end = line[side];
    if (end === null || end.table === null) return [];
    const text = [...(cellsOf.get(line.row) ?? []), end.schema ?? '', end.table, end.column];
    return [{ number: line.row, cells: text }];
  });
  const width = table.header.length;
  const names: RoleColumns = new Map([
    ...[...roles].filter(([role]) => !['schema', 'table', 'column', 'qualified'].includes(role)),
    ['schema', width] as const,
    ['table', width + 1] as const,
    ['column', width + 2] as const,
  ]);
  const widened: LabelledRows = { ...table, rows: withoutRepeats(rows, width) };
  return readDictionary(widened, names, { dialect, fallbackName }).tables;
}

function withoutRepeats(rows: LabelledRows['rows'], width: number): LabelledRows['rows'] {
  const seen = new Set<string>();
  return rows.filter(({ cells }) => {
    const key = cells.slice(width).join('\0').toLowerCase();
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}
