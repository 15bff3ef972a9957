/** Two versions of a schema, compared by meaning: order, case of names and the words of a dialect make no difference. */
import { type Table, tableKey } from '../../shared/model/schema.ts';
import type { ConstraintChange, SchemaDiff, TableChange } from '../../shared/model/schema-diff.ts';
import { type Steps, atOnce } from '../core/in-turns.ts';
import { roundTo } from '../core/rounding.ts';
import { compareText } from '../core/text.ts';
import { jaroWinkler } from '../matching/string-similarity.ts';
import { diffColumns } from './diff-columns.ts';
import { pairRenamed } from './pair-renamed.ts';

/**
 * What has to be done to `before` to make it `after`. A renamed table or column is a candidate with a score: a person decides
 * whether it is that or one that went and one that came. Where a schema name is written in one version only, it is left out.
 */
export function diffSchemas(before: readonly Table[], after: readonly Table[]): SchemaDiff {
  return atOnce(diffInSteps(before, after));
}

/** `diffSchemas` in steps. */
export function* diffInSteps(before: readonly Table[], after: readonly Table[]): Steps<SchemaDiff> {
  const old = indexed(before);
  const own = indexed(after);
  const matches = after.map((table) => ({ table, previous: find(old, table) }));
  const found = new Set(matches.flatMap(({ previous }) => (previous === undefined ? [] : [previous])));
  const gone = before.filter((table) => !found.has(table) && find(own, table) === undefined);
  const fresh = matches.filter(({ previous }) => previous === undefined).map(({ table }) => table);
  const columns = fresh.reduce((sum, table) => sum + table.columns.length, 0);
  const pairs = yield* pairRenamed(gone, fresh, likelySame(new Map()), 1 + columns / Math.max(1, fresh.length) / 5);
  const renamed = new Map(pairs.map((pair) => [pair.after, pair] as const));
  const renamedAway = new Set([...renamed.values()].map((pair) => pair.before));
  const changes: (TableChange | null)[] = [];
  for (const { table, previous } of matches) {
    const pair = renamed.get(table);
    if (pair !== undefined) changes.push(yield* changed(pair.before, table, pair.score));
    else changes.push(previous === undefined ? whole('added', table) : yield* changed(previous, table, null));
  }
  const tables = [
    ...changes.filter((change) => change !== null),
    ...gone.filter((table) => !renamedAway.has(table)).map((table) => whole('removed', table)),
  ].toSorted((a, b) => compareText(a.after ?? a.before ?? '', b.after ?? b.before ?? ''));
  return { tables, unchanged: changes.filter((change) => change === null).length };
}

interface Index {
  readonly exact: ReadonlyMap<string, Table>;
  readonly byName: ReadonlyMap<string, readonly Table[]>;
}

const keyOf = ({ schema, name }: Table): string => tableKey({ schema, table: name });

function indexed(tables: readonly Table[]): Index {
  const byName = new Map<string, Table[]>();
  for (const table of tables) {
    const same = byName.get(table.name.toLowerCase());
    if (same === undefined) byName.set(table.name.toLowerCase(), [table]);
    else same.push(table);
  }
  return { exact: new Map(tables.map((table) => [keyOf(table).toLowerCase(), table] as const)), byName };
}

function find({ exact, byName }: Index, table: Table): Table | undefined {
  const own = exact.get(keyOf(table).toLowerCase());
  if (own !== undefined) return own;
  const candidates = (byName.get(table.name.toLowerCase()) ?? []).filter(
    (other) => other.schema === null || table.schema === null,
  );
  return candidates.length === 1 ? candidates[0] : undefined;
}

/** Mostly by the columns that both have, a little by the name. `known` keeps the names of a table's columns. */
function likelySame(known: Map<Table, ReadonlySet<string>>): (before: Table, after: Table) => number {
  const namesOf = (table: Table): ReadonlySet<string> => {
    const names = known.get(table) ?? new Set(table.columns.map((column) => column.name.toLowerCase()));
    known.set(table, names);
    return names;
  };
  return (before, after) => {
    const own = namesOf(after);
    let shared = 0;
    for (const name of namesOf(before)) if (own.has(name)) shared += 1;
    const all = before.columns.length + after.columns.length - shared;
    const name = jaroWinkler(before.name.toLowerCase(), after.name.toLowerCase());
    return roundTo(0.7 * (all === 0 ? 0 : shared / all) + 0.3 * name, 4);
  };
}

function whole(kind: 'added' | 'removed', table: Table): TableChange {
  return {
    kind,
    before: kind === 'removed' ? keyOf(table) : null,
    after: kind === 'added' ? keyOf(table) : null,
    score: null,
    comment: null,
    columns: [],
    constraints: [],
    breaking: kind === 'removed',
  };
}

function* changed(before: Table, after: Table, score: number | null): Steps<TableChange | null> {
  const columns = yield* diffColumns(before, after);
  const constraints = diffConstraints(before, after);
  const comment = before.comment === after.comment ? null : { before: before.comment, after: after.comment };
  if (score === null && columns.length === 0 && constraints.length === 0 && comment === null) return null;
  const breaking = score !== null || [...columns, ...constraints].some((change) => change.breaking);
  return {
    kind: score === null ? 'changed' : 'renamed',
    before: keyOf(before),
    after: keyOf(after),
    score,
    comment,
    columns,
    constraints,
    breaking,
  };
}

function diffConstraints(before: Table, after: Table): readonly ConstraintChange[] {
  const old = constraintsOf(before);
  const own = constraintsOf(after);
  return [
    ...[...own].flatMap(([key, { constraint, text }]): readonly ConstraintChange[] =>
      old.has(key)
        ? []
        : [{ kind: 'added', constraint, text, breaking: constraint !== 'index' || text.startsWith('unique ') }],
    ),
    ...[...old].flatMap(([key, { constraint, text }]): readonly ConstraintChange[] =>
      own.has(key) ? [] : [{ kind: 'removed', constraint, text, breaking: false }],
    ),
  ];
}

type Constraint = Pick<ConstraintChange, 'constraint' | 'text'>;

/** By what they say, not by their names: those differ between databases that mean the same. */
function constraintsOf(table: Table): ReadonlyMap<string, Constraint> {
  const list = (columns: readonly string[]): string => columns.join(', ');
  const found: Constraint[] = [
    ...(table.primaryKey.length === 0 ? [] : [{ constraint: 'primary key', text: list(table.primaryKey) } as const]),
    ...table.uniques.map((unique) => ({ constraint: 'unique', text: list(unique) }) as const),
    ...table.foreignKeys.map(({ columns, references }) => {
      const text = `${list(columns)} -> ${references.table} (${list(references.columns)})`;
      return { constraint: 'foreign key', text } as const;
    }),
    ...table.indexes.map(
      ({ columns, unique }) => ({ constraint: 'index', text: `${unique ? 'unique ' : ''}${list(columns)}` }) as const,
    ),
    ...table.checks.map((text) => ({ constraint: 'check', text }) as const),
  ];
  return new Map(found.map((item) => [`${item.constraint} ${item.text.toLowerCase()}`, item] as const));
}
