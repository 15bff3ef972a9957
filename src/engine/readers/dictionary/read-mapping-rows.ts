/** The lines of a table that sets source and target columns side by side. */
import type { KnownMapping } from '../../../shared/model/known-mapping.ts';
import { constantExpression } from './constant-expression.ts';
import type { Diagnostic } from '../../../shared/model/schema.ts';
import type { RoleColumns } from './dictionary-columns.ts';
import { headerMeaning } from './header-role.ts';
import type { HeaderRole } from './header-words.ts';
import { type LabelledRows, placeOf } from './labelled-rows.ts';
import { titleOfTable } from './table-title.ts';

export interface ReadMappings {
  readonly mappings: readonly KnownMapping[];
  /** The column that each line names on each side, whether or not it is mapped. */
  readonly ends: readonly (Readonly<Record<'source' | 'target', KnownMapping['target']>> & { readonly row: number })[];
  readonly diagnostics: readonly Diagnostic[];
}

interface SideCursor {
  readonly roles: RoleColumns;
  schema: string | null;
  table: string | null;
}

/** Words that say that a column goes nowhere. */
const nowhere =
  /^(?:n\s*\/?\s*a|not applicable|not mapped|unmapped|not migrated|not needed|not required|no target|no mapping|none|null|nothing|drop|dropped|obsolete|ignore|ignored|excluded|out of scope|entfällt|nicht migriert|kein ziel|no aplica|no se migra|non migré|sans objet|-{1,3}|–|—)$/iu;
const maxRule = 2000;
const maxListed = 50;

/** The source of a target that takes one value for every row. */
const noColumn: KnownMapping['source'] = { schema: null, table: null, column: '' };

/** Lines without a name on one of the sides say nothing and are counted in one remark. */
export function readMappingRows(table: LabelledRows, source: RoleColumns, target: RoleColumns): ReadMappings {
  const from: SideCursor = { roles: source, ...titleOfSide(table.title, 'source') };
  const to: SideCursor = { roles: target, ...titleOfSide(table.title, 'target') };
  const mappings: KnownMapping[] = [];
  const ends: ReadMappings['ends'][number][] = [];
  const open: number[] = [];
  for (const row of table.rows) {
    const sourceEnds = endsOf(from, row.cells);
    const isNowhere = nowhere.test(namesOf(to, row.cells));
    const targetEnds = endsOf(to, row.cells);
    for (const end of sourceEnds)
      for (const goal of targetEnds) ends.push({ row: row.number, source: end, target: goal });
    if (targetEnds[0] === null && !isNowhere) {
      if (sourceEnds[0] !== null) open.push(row.number);
      continue;
    }
    const said = {
      rule: textOf(row.cells, target, 'rule') ?? textOf(row.cells, source, 'rule'),
      status: textOf(row.cells, target, 'status') ?? textOf(row.cells, source, 'status'),
    };
    const isConstant = !isNowhere && namesNoColumn(row.cells, source) && constantExpression(said.rule ?? '') !== null;
    const at = { ...said, file: table.file, sheet: table.sheet, row: row.number };
    mappings.push(...pairs(isConstant ? [noColumn] : sourceEnds, isNowhere ? [null] : targetEnds, at));
  }
  return { mappings, ends, diagnostics: open.length === 0 ? [] : [remark(table, open)] };
}

/** `Target table: DIM_CUSTOMER` above the lines names the table of that side; without a word for a side, of the target. */
function titleOfSide(title: string | null, side: 'source' | 'target'): Pick<SideCursor, 'schema' | 'table'> {
  const [, label = '', name = ''] = /^([^:]{3,40})\s*[:–]\s*(.{1,130})$/u.exec(title?.trim() ?? '') ?? [];
  const meaning = headerMeaning(label);
  const named = meaning?.role === 'table' && (meaning.side ?? 'target') === side ? titleOfTable(name) : null;
  return { schema: named?.schema ?? null, table: named?.name ?? null };
}

/** Each source with each target. */
function pairs(
  sources: readonly (KnownMapping['source'] | null)[],
  targets: readonly KnownMapping['target'][],
  at: Omit<KnownMapping, 'source' | 'target'>,
): readonly KnownMapping[] {
  return sources.flatMap((source) =>
    source === null ? [] : targets.map((target): KnownMapping => ({ source, target, ...at })),
  );
}

function remark(table: LabelledRows, open: readonly number[]): Diagnostic {
  const first = open[0] ?? 1;
  return {
    severity: 'info',
    message: `${open.length} lines of the mapping name no target column (first in ${placeOf(table, first)}); their mappings are proposed`,
    file: table.file,
    line: first,
    statement: null,
  };
}

function textOf(cells: readonly string[], roles: RoleColumns, role: HeaderRole): string | null {
  const index = roles.get(role);
  const text = index === undefined ? '' : (cells[index] ?? '').trim();
  return text === '' ? null : text.slice(0, maxRule);
}

/** A table may stand there all the same: it says whose rows take the value. */
const namesNoColumn = (cells: readonly string[], roles: RoleColumns): boolean =>
  textOf(cells, roles, 'column') === null && textOf(cells, roles, 'qualified') === null;

/** What stands where the column is named. */
function namesOf({ roles }: SideCursor, cells: readonly string[]): string {
  return textOf(cells, roles, 'column') ?? textOf(cells, roles, 'qualified') ?? textOf(cells, roles, 'table') ?? '';
}

/** The columns that a line names on a side: one, several apart by commas or lines, or none. */
function endsOf(side: SideCursor, cells: readonly string[]): readonly (KnownMapping['source'] | null)[] {
  const { roles } = side;
  // A table's name counts for the lines below it until the next.
  side.schema = nameIn(cells, roles, 'schema') ?? side.schema;
  side.table = nameIn(cells, roles, 'table') ?? side.table;
  const listed = listedNames(textOf(cells, roles, 'column') ?? textOf(cells, roles, 'qualified') ?? '');
  if (listed.length > 1)
    return listed.map((name) => (name.includes('.') ? endOfPath(name, side) : withTable(name, side)));
  const column = nameIn(cells, roles, 'column');
  const path = nameIn(cells, roles, 'qualified');
  if (column === null && path !== null) return [endOfPath(path, side)];
  if (column === null || nowhere.test(column)) return [null];
  // Where nothing names the table, the column's cell does.
  const isPath = side.table === null && (/^[^.\s]+(?:\.[^.\s]+){1,3}$/.test(column) || sapPath.test(column));
  return [isPath ? endOfPath(column, side) : withTable(column, side)];
}

const listedName = /^[\p{L}_"[`][\p{L}\p{N}_$#."`[\]]{0,127}$/u;

/** `FIRST_NAME, LAST_NAME` in one cell; prose with commas is none, and `A + B` is one merged source. */
function listedNames(text: string): readonly string[] {
  const names = text
    .slice(0, maxRule)
    .split(/[\n,;]/)
    .map((name) => name.trim())
    .filter((name) => name !== '');
  return names.length <= maxListed && names.every((name) => listedName.test(name)) ? names : [];
}

/** SAP writes `KNA1-KUNNR`. */
const sapPath = /^[A-Z][A-Z0-9_/]{1,29}-[A-Z][A-Z0-9_]{1,29}$/;

function endOfPath(path: string, side: SideCursor): KnownMapping['source'] | null {
  if (nowhere.test(path)) return null;
  const parts = (sapPath.test(path) ? path.replace('-', '.') : path).split('.').map(unquoted);
  const column = parts.at(-1) ?? '';
  if (parts.length === 1) {
    // A path without a dot beside others with one is the name of a table.
    return side.roles.has('table') ? withTable(column, side) : { schema: null, table: null, column };
  }
  return { schema: parts.length > 2 ? (parts.at(-3) ?? null) : side.schema, table: parts.at(-2) ?? null, column };
}

function withTable(column: string, { schema, table }: SideCursor): KnownMapping['source'] {
  const parts = (table ?? '').split('.').map(unquoted);
  const name = parts.at(-1) ?? '';
  return {
    schema: parts.length > 1 ? (parts.at(-2) ?? null) : schema,
    table: name === '' ? null : name,
    column: unquoted(column),
  };
}

const unquoted = (text: string): string => text.trim().replace(/^["'`[]+|["'`\]]+$/g, '');

/** A name is one line of at most a few words; anything else is a remark. */
function nameIn(cells: readonly string[], roles: RoleColumns, role: HeaderRole): string | null {
  const text = textOf(cells, roles, role);
  if (
    text === null ||
    text.length > 128 ||
    !/\p{L}/u.test(text) ||
    text.includes('\n') ||
    /[,;?!]|\.\s|\s-\s/.test(text)
  )
    return null;
  return text.split(/\s+/).length > 5 || /^(?:see|tbd|tbc|\?|unknown|todo|siehe|offen)\b/i.test(text) ? null : text;
}
