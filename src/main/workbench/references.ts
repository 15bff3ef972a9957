/** References between tables of one side: those that the schema declares and those that discovery inferred. */
import type { ColumnReference, Output, TableNode, TableRelation } from '../../shared/ipc/contract.ts';
import { type ForeignKey, type Table, tableKey } from '../../shared/model/schema.ts';
import type { ColumnIndex } from './column-index.ts';

const known = new WeakMap<ColumnIndex, readonly TableRelation[]>();

/** Every reference whose two ends are there. A declared key that names no columns means the primary key. */
export function relationsOf(index: ColumnIndex): readonly TableRelation[] {
  const before = known.get(index);
  if (before !== undefined) return before;
  const byName = new Map([...index.tables].map(([key, table]) => [table.name.toLowerCase(), key]));
  const byKey = new Map([...index.tables.keys()].map((key) => [key.toLowerCase(), key]));
  const target = (table: Table, { references }: ForeignKey): string | null =>
    byKey.get(tableKey({ schema: references.schema ?? table.schema, table: references.table }).toLowerCase()) ??
    byName.get(references.table.toLowerCase()) ??
    null;
  const declared = [...index.tables].flatMap(([from, table]) =>
    table.foreignKeys.flatMap((key): readonly TableRelation[] => {
      const to = target(table, key);
      if (to === null) return [];
      const named = key.references.columns;
      const toColumns = [...(named.length > 0 ? named : (index.tables.get(to)?.primaryKey ?? []))];
      const evidence = key.name ?? '';
      return [{ from, to, fromColumns: [...key.columns], toColumns, declared: true, score: null, evidence }];
    }),
  );
  const inferred = index.inferred.flatMap(({ from, to, score, evidence }): readonly TableRelation[] => {
    const [a, b] = [tableKey(from), tableKey(to)];
    if (!index.tables.has(a) || !index.tables.has(b)) return [];
    return [{ from: a, to: b, fromColumns: [from.column], toColumns: [to.column], declared: false, score, evidence }];
  });
  const all = [...declared, ...inferred];
  known.set(index, all);
  return all;
}

export function relationView(index: ColumnIndex): Output<'schema.relations'> {
  const relations = relationsOf(index);
  const referring = new Map<string, Map<string, boolean>>();
  for (const { from, fromColumns, declared } of relations) {
    const columns = referring.get(from) ?? new Map<string, boolean>();
    for (const column of fromColumns) columns.set(column, declared || columns.get(column) === true);
    referring.set(from, columns);
  }
  const tables = [...index.tables].map(([key, table]): TableNode => {
    const own = new Set(table.primaryKey);
    const others = [...(referring.get(key) ?? [])].filter(([name]) => !own.has(name));
    return {
      key,
      columns: table.columns.length,
      rows: index.measured(key)?.rows ?? null,
      keys: [
        ...table.primaryKey.map((name) => ({ name, mark: 'primary' as const })),
        ...others.map(([name, declared]) => ({ name, mark: declared ? ('declared' as const) : ('inferred' as const) })),
      ],
    };
  });
  return { tables, relations: [...relations] };
}

/** The references from a column, or to it. */
export function columnReferences(
  index: ColumnIndex,
  table: string,
  column: string,
  end: 'from' | 'to',
): readonly ColumnReference[] {
  const wanted = column.toLowerCase();
  return relationsOf(index).flatMap((relation) => {
    if (relation[end] !== table) return [];
    const columns = end === 'from' ? relation.fromColumns : relation.toColumns;
    const at = columns.findIndex((name) => name.toLowerCase() === wanted);
    const from = index.tables.get(relation.from);
    const to = index.tables.get(relation.to);
    if (at < 0 || from === undefined || to === undefined) return [];
    const { declared, score, evidence } = relation;
    return [
      {
        from: { schema: from.schema, table: from.name, column: relation.fromColumns[at] ?? '' },
        to: { schema: to.schema, table: to.name, column: relation.toColumns[at] ?? '' },
        declared,
        score,
        evidence,
      },
    ];
  });
}
