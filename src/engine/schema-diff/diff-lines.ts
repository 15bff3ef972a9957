/** A schema diff as a flat list, for a grid and for documents. */
import { type Column, type Table, tableKey } from '../../shared/model/schema.ts';
import { type Steps, atOnce } from '../core/in-turns.ts';
import type { ColumnChange, SchemaDiff, SchemaDiffLine, TableChange } from '../../shared/model/schema-diff.ts';

/** One line a change in the order of the diff. An added or removed table is one line that counts its columns. */
export function diffLines(
  diff: SchemaDiff,
  before: readonly Table[],
  after: readonly Table[],
): readonly SchemaDiffLine[] {
  return atOnce(linesInSteps(diff, before, after));
}

/** `diffLines` in steps. */
export function* linesInSteps(
  { tables }: SchemaDiff,
  before: readonly Table[],
  after: readonly Table[],
): Steps<readonly SchemaDiffLine[]> {
  const [old, own] = [byKey(before), byKey(after)];
  const lines: SchemaDiffLine[] = [];
  for (const change of tables) {
    const made = tableLines(change, old.get(change.before ?? ''), own.get(change.after ?? ''));
    for (const line of made) lines.push(line);
    yield made.length + (own.get(change.after ?? '')?.columns.length ?? 0);
  }
  return lines;
}

/** What a declaration says of a column, on one line. */
export function describeColumn({ rawType, type, nullable, default: value, identity, generated }: Column): string {
  return [
    rawType === '' ? type : rawType,
    nullable ? null : 'NOT NULL',
    identity ? 'IDENTITY' : null,
    value === null ? null : `DEFAULT ${value}`,
    generated === null ? null : `AS (${generated})`,
  ]
    .filter((part) => part !== null)
    .join(' ');
}

const byKey = (tables: readonly Table[]): ReadonlyMap<string, Table> =>
  new Map(tables.map((table) => [tableKey({ schema: table.schema, table: table.name }), table] as const));

function tableLines(change: TableChange, before?: Table, after?: Table): readonly SchemaDiffLine[] {
  const table = change.after ?? change.before ?? '';
  const whole = { table, column: null, score: change.score, breaking: change.breaking };
  if (change.kind === 'added' || change.kind === 'removed')
    return [{ ...whole, kind: change.kind, subject: 'table', before: sizeOf(before), after: sizeOf(after) }];
  const columns = [before, after].map((one) => new Map((one?.columns ?? []).map((column) => [column.name, column])));
  const textOf = (side: 0 | 1, name: string | null): string | null => {
    const column = columns[side]?.get(name ?? '');
    return column === undefined ? null : describeColumn(column);
  };
  const { comment } = change;
  return [
    ...(change.kind === 'renamed'
      ? [{ ...whole, kind: change.kind, subject: 'table', before: change.before, after: change.after } as const]
      : []),
    ...(comment === null ? [] : [{ ...inTable(table), subject: 'comment', ...comment } as const]),
    ...change.columns.flatMap((column) => columnLines(table, column, textOf)),
    ...change.constraints.map(({ kind, constraint, text, breaking }): SchemaDiffLine => ({
      ...inTable(table),
      kind,
      subject: constraint,
      before: kind === 'removed' ? text : null,
      after: kind === 'added' ? text : null,
      breaking,
    })),
  ];
}

const inTable = (table: string) => ({ table, column: null, kind: 'changed', score: null, breaking: false }) as const;

function columnLines(
  table: string,
  change: ColumnChange,
  textOf: (side: 0 | 1, name: string | null) => string | null,
): readonly SchemaDiffLine[] {
  const { kind, before, after, score, breaking } = change;
  const column = after ?? before;
  const properties = change.properties.map((property): SchemaDiffLine => ({
    ...inTable(table),
    column,
    subject: property.property,
    before: property.before,
    after: property.after,
    breaking: property.breaking,
  }));
  if (kind === 'changed') return properties;
  const texts = kind === 'renamed' ? { before, after } : { before: textOf(0, before), after: textOf(1, after) };
  return [{ kind, subject: 'column', table, column, ...texts, score, breaking }, ...properties];
}

function sizeOf(table: Table | undefined): string | null {
  if (table === undefined) return null;
  return `${table.columns.length} column${table.columns.length === 1 ? '' : 's'}`;
}
