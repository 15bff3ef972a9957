/** Tables and columns out of a data dictionary or an exported catalogue: one line a column. */
import type { Column, Diagnostic, Dialect, ForeignKey, Table } from '../../../shared/model/schema.ts';
import type { RoleColumns } from './dictionary-columns.ts';
import { type DictionaryType, dictionaryType } from './dictionary-type.ts';
import { headerPhrase } from './header-role.ts';
import type { HeaderRole } from './header-words.ts';
import { isNo, isYes, keyMarks, readReference } from './cell-words.ts';
import { type LabelledRows, placeOf } from './labelled-rows.ts';
import { titleOfTable } from './table-title.ts';

export interface ReadDictionary {
  readonly tables: readonly Table[];
  readonly diagnostics: readonly Diagnostic[];
}

interface TableDraft {
  readonly schema: string | null;
  readonly name: string;
  comment: string | null;
  readonly line: number;
  readonly columns: { readonly column: Column; readonly position: number | null }[];
  readonly names: Set<string>;
  readonly primaryKey: { readonly name: string; readonly order: number }[];
  readonly uniques: string[];
  readonly foreignKeys: ForeignKey[];
}

interface Reading {
  readonly table: LabelledRows;
  readonly roles: RoleColumns;
  readonly dialect: Dialect | null;
  readonly drafts: Map<string, TableDraft>;
  readonly diagnostics: Diagnostic[];
  readonly bytesPerCharacter: (cells: readonly string[]) => number;
}

const maxName = 256;

/**
 * `roles` says where each role stands. A table's name is given on each line, once for several lines, on a line of its own,
 * or above the whole; `fallbackName` stands where there is none.
 */
export function readDictionary(
  table: LabelledRows,
  roles: RoleColumns,
  { dialect, fallbackName }: { readonly dialect: Dialect | null; readonly fallbackName: string },
): ReadDictionary {
  const reading: Reading = {
    table,
    roles,
    dialect,
    drafts: new Map(),
    diagnostics: [],
    bytesPerCharacter: bytesPerCharacter(table, roles, dialect),
  };
  const title = titleOfTable(table.title);
  let current: { schema: string | null; name: string; comment: string | null } = title ?? {
    schema: null,
    name: fallbackName,
    comment: null,
  };
  let schema: string | null = null;
  for (const row of table.rows) {
    const cell = cellOf(row.cells, roles);
    schema = cell('schema') || schema;
    const tableName = oneLine(cell('table'));
    const section = sectionOf(row.cells, roles);
    const { table: prefix, name } = columnName(cell);
    if (section !== null) current = section;
    else if (tableName !== '') current = { schema, name: tableName, comment: null };
    else if (prefix !== '') current = { schema, name: prefix, comment: null };
    if (section !== null) continue;
    const draft = draftOf(reading, current, row.number);
    if (cell('tableComment') !== '') draft.comment ??= cell('tableComment');
    if (name === '') describeTable(draft, cell('type') === '' ? cell('comment') : '', tableName);
    else if (!isFooter(name, row.cells)) addColumn(reading, draft, { name, cell, row: row.number, cells: row.cells });
  }
  return {
    tables: [...reading.drafts.values()].filter((draft) => draft.columns.length > 0).map(toTable),
    diagnostics: reading.diagnostics,
  };
}

type CellOf = (role: HeaderRole) => string;

const cellOf =
  (cells: readonly string[], roles: RoleColumns): CellOf =>
  (role) => {
    const index = roles.get(role);
    const text = index === undefined ? '' : (cells[index] ?? '').trim();
    // What a query tool writes for no value.
    return text === 'NULL' || text === '\\N' || text === '[NULL]' ? '' : text;
  };

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, maxName);

/** `CUSTOMER.NAME` in one cell, or the name alone. */
function columnName(cell: CellOf): { readonly table: string; readonly name: string } {
  const name = oneLine(cell('column'));
  const path = oneLine(cell('qualified'));
  if (name !== '' || path === '') return { table: '', name };
  const dot = path.lastIndexOf('.');
  return dot <= 0 ? { table: '', name: path } : { table: path.slice(0, dot), name: path.slice(dot + 1) };
}

/** `Total columns: 2` alone on its line. */
const isFooter = (name: string, cells: readonly string[]): boolean =>
  name.includes(':') && cells.filter((text) => text.trim() !== '').length === 1;

/** A line with nothing but a table's name heads the lines below it. */
function sectionOf(
  cells: readonly string[],
  roles: RoleColumns,
): { schema: string | null; name: string; comment: string | null } | null {
  if (roles.has('table') || roles.has('qualified')) return null;
  const filled = cells.filter((text) => text.trim() !== '');
  // A cell that is merged over the line stands in each of its columns.
  const isAlone = filled.length === 1 || (filled.length > 2 && new Set(filled).size === 1);
  if (!isAlone || cells.length <= 2) return null;
  const title = titleOfTable(filled[0] ?? null);
  // What is merged over the whole line is a heading, whatever words it has.
  return title === null && filled.length > 2 ? { schema: null, name: oneLine(filled[0] ?? ''), comment: null } : title;
}

function draftOf(
  { drafts }: Reading,
  { schema, name, comment }: { schema: string | null; name: string; comment: string | null },
  line: number,
): TableDraft {
  const key = `${(schema ?? '').toLowerCase()}\0${name.toLowerCase()}`;
  const known = drafts.get(key);
  if (known !== undefined) return known;
  const draft: TableDraft = {
    schema,
    name,
    comment,
    line,
    columns: [],
    names: new Set(),
    primaryKey: [],
    uniques: [],
    foreignKeys: [],
  };
  drafts.set(key, draft);
  return draft;
}

function describeTable(draft: TableDraft, comment: string, tableName: string): void {
  if (tableName !== '' && comment !== '') draft.comment ??= comment;
}

interface Line {
  readonly name: string;
  readonly cell: CellOf;
  readonly row: number;
  readonly cells: readonly string[];
}

function addColumn(reading: Reading, draft: TableDraft, { name, cell, row, cells }: Line): void {
  const say = (severity: Diagnostic['severity'], message: string): void => {
    reading.diagnostics.push({
      severity,
      message,
      file: reading.table.file,
      line: row,
      statement: cells.join(' ').slice(0, 120),
    });
  };
  // What Oracle keeps for an index on an expression is no column of the table.
  if (/^SYS_(?:NC|STS|NT)/i.test(name) && isYes(cell('hidden'))) return;
  const marks = keyMarks(cell('key'));
  const isPrimary = marks.primary || isPrimaryMark(cell('primary'));
  const reference = referenceOf(cell, marks.foreign);
  if (draft.names.has(name.toLowerCase())) {
    // A join with constraints has a line for each of a column.
    if (cell('key') !== '' && addKeys(draft, name, { isPrimary, isUnique: marks.unique, reference, order: '' })) return;
    say(
      'warning',
      `Column ${name} of ${draft.name} is listed again in ${placeOf(reading.table, row)}; the first one counts`,
    );
    return;
  }
  draft.names.add(name.toLowerCase());
  const type = typeOfLine(reading, cell, cells);
  if (type.type === 'other' && type.rawType !== '')
    say(
      'info',
      `The type ${type.rawType.slice(0, 60)} of ${draft.name}.${name} (${placeOf(reading.table, row)}) is not known`,
    );
  const position = /^\d{1,5}$/.test(cell('position')) ? Number(cell('position')) : null;
  draft.columns.push({
    position,
    column: {
      name,
      ...type,
      nullable: !isPrimary && isNullable(cell),
      comment: commentOf(cell('label'), cell('comment')),
      ...valuesOf(cell, reading.dialect),
    },
  });
  addKeys(draft, name, {
    isPrimary,
    isUnique: isYes(cell('unique')) || marks.unique,
    reference,
    order: cell('primary'),
  });
}

function typeOfLine(reading: Reading, cell: CellOf, cells: readonly string[]): DictionaryType {
  return dictionaryType(
    {
      type: cell('type'),
      length: cell('length'),
      characters: cell('characters'),
      precision: cell('precision'),
      scale: cell('scale'),
      bytesPerCharacter: reading.bytesPerCharacter(cells),
    },
    reading.dialect,
  );
}

/** What the database computes: the expression of its own column, or the default of a virtual one. */
function valuesOf(cell: CellOf, dialect: Dialect | null): Pick<Column, 'default' | 'identity' | 'generated'> {
  const written = defaultOf(cell('default'), dialect);
  const virtual = isYes(cell('virtual'));
  const identity = cell('identity');
  return {
    default: virtual ? null : written,
    identity: isYes(identity) || /auto_?increment|identity/i.test(identity) || /\sidentity\b/i.test(cell('type')),
    generated: cell('generated') || (virtual ? written : null),
  };
}

interface LineKeys {
  readonly isPrimary: boolean;
  readonly isUnique: boolean;
  readonly reference: ForeignKey['references'] | null;
  /** The place of the column in the primary key, where the line says it. */
  readonly order: string;
}

/** False where the line says no key that is not known yet. */
function addKeys(draft: TableDraft, name: string, { isPrimary, isUnique, reference, order }: LineKeys): boolean {
  const primary = isPrimary && !draft.primaryKey.some((key) => key.name === name);
  const unique = isUnique && !draft.uniques.includes(name);
  if (primary) draft.primaryKey.push({ name, order: Number(/^\d{1,4}$/.exec(order)?.[0] ?? draft.primaryKey.length) });
  if (unique) draft.uniques.push(name);
  if (reference !== null) draft.foreignKeys.push({ name: null, columns: [name], references: reference });
  return primary || unique || reference !== null;
}

/** KEYSEQ of DB2 numbers the columns of a key; others say yes, PK or X. */
const isPrimaryMark = (text: string): boolean => isYes(text) || keyMarks(text).primary || /^[1-9]\d{0,2}$/.test(text);

/** Without a word on it a column may be empty. */
function isNullable(cell: CellOf): boolean {
  const required = cell('required');
  if (required !== '')
    return !(isYes(required) || /^(?:m|mandatory|required|not null|pflicht|obligator\w*|r|muss)\b/i.test(required));
  const nullable = cell('nullable');
  return (
    nullable === '' ||
    !(isNo(nullable) || /not[\s_]*null|^(?:m|mandatory|required|nn|n\/n|not nullable)$|nonull/i.test(nullable))
  );
}

/** Label and description, once where they are alike. IBM i fills its headings with blanks. */
function commentOf(label: string, comment: string): string | null {
  const name = label.replace(/ {2,}/g, ' ');
  if (name.toLowerCase() === comment.toLowerCase()) return comment || null;
  return [name, comment].filter((text) => text !== '').join(': ') || null;
}

function defaultOf(text: string, dialect: Dialect | null): string | null {
  // DB2 for z/OS says by one letter which kind of default there is.
  if (dialect === 'db2' && /^[A-Z1-9]$/.test(text)) return null;
  // The sequence behind an identity of Oracle.
  if (dialect === 'oracle' && /\bISEQ\$\$_\d/.test(text)) return null;
  return text === '' || /^(?:\(?null\)?|none|n\/a|-)$/i.test(text) ? null : text.slice(0, 2000);
}

function referenceOf(cell: CellOf, marked: boolean): ForeignKey['references'] | null {
  const table = cell('referencedTable');
  if (table !== '' && !isNo(table)) {
    const reference = readReference(table, true);
    const column = oneLine(cell('referencedColumn'));
    if (reference !== null) return column === '' ? reference : { ...reference, columns: [column] };
  }
  return (
    readReference(cell('foreign'), false) ??
    readReference(cell('key'), false) ??
    (marked ? readReference(cell('comment'), false) : null)
  );
}

/** Teradata counts bytes of Unicode text, SQL Server's sys.columns those of its national types. */
function bytesPerCharacter(
  table: LabelledRows,
  roles: RoleColumns,
  dialect: Dialect | null,
): Reading['bytesPerCharacter'] {
  const charType = table.header.findIndex(({ name }) => headerPhrase(name) === 'char type');
  if (dialect === 'teradata' && charType !== -1) return (cells) => (cells[charType]?.trim() === '2' ? 2 : 1);
  const length = table.header[roles.get('length') ?? -1];
  const phrase = headerPhrase(length?.name ?? '');
  // sp_columns gives bytes as LENGTH and characters as PRECISION.
  const inBytes = dialect === 'sqlserver' && (phrase === 'max length' || phrase === 'length');
  return () => (inBytes ? 2 : 1);
}

function toTable(draft: TableDraft): Table {
  const positions = draft.columns.map(({ position }) => position);
  const ordered = positions.every((position) => position !== null) && new Set(positions).size === positions.length;
  const columns = ordered ? draft.columns.toSorted((a, b) => (a.position ?? 0) - (b.position ?? 0)) : draft.columns;
  return {
    schema: draft.schema,
    name: draft.name,
    kind: 'table',
    comment: draft.comment,
    columns: columns.map(({ column }) => column),
    primaryKey: draft.primaryKey.toSorted((a, b) => a.order - b.order).map(({ name }) => name),
    uniques: draft.uniques.map((name) => [name]),
    foreignKeys: draft.foreignKeys,
    indexes: [],
    checks: [],
    line: draft.line,
  };
}
