import type { Mapping, Rectification } from '../../../shared/model/mapping.ts';
import { type Column, tableKey } from '../../../shared/model/schema.ts';
import { compareText } from '../../core/text.ts';
import { type Decider, deciderOf } from '../facts/mapping-words.ts';
import { type MappingTarget, type StateView, feedKey } from '../facts/state-view.ts';

export interface SpecifiedMapping extends MappingTarget {
  readonly decider: Decider;
}

export interface UnfedColumn {
  readonly table: string;
  readonly column: Column;
  readonly required: boolean;
}

export interface SpecificationFacts {
  readonly byTarget: readonly { readonly group: string; readonly rows: readonly SpecifiedMapping[] }[];
  /** Mappings without any target, the pending ones first. */
  readonly unmapped: readonly { readonly mapping: Mapping; readonly decider: Decider }[];
  readonly unfed: readonly UnfedColumn[];
  readonly targetColumns: number;
  readonly rectifications: readonly Rectification[];
}

export function specificationFacts(view: StateView): SpecificationFacts {
  const changes = new Map((view.state.rectifications ?? []).map((change) => [change.mappingId, change]));
  const groups = new Map<string, SpecifiedMapping[]>();
  for (const target of view.targets) {
    const key = tableKey(target.target);
    const rows = groups.get(key) ?? [];
    groups.set(key, rows);
    rows.push({ ...target, decider: deciderOf(target.mapping, changes) });
  }
  const unmapped = view.mappings.filter(({ target, additional }) => target === null && additional.length === 0);
  return {
    byTarget: [...groups]
      .sort(([a], [b]) => compareText(a, b))
      .map(([group, rows]) => ({ group, rows: rows.sort(byColumn) })),
    unmapped: unmapped.map((mapping) => ({ mapping, decider: deciderOf(mapping, changes) })),
    unfed: unfedColumns(view),
    targetColumns: view.target.reduce((sum, { table }) => sum + table.columns.length, 0),
    rectifications: (view.state.rectifications ?? []).toSorted((a, b) => compareText(a.mappingId, b.mappingId)),
  };
}

const byColumn = (a: MappingTarget, b: MappingTarget): number =>
  compareText(a.target.column, b.target.column) || compareText(a.mapping.id, b.mapping.id);

/** Target columns without an accepted feed, required ones first. */
function unfedColumns({ target, feeds }: StateView): readonly UnfedColumn[] {
  const unfed = target.flatMap(({ key, table }) =>
    table.kind === 'view'
      ? []
      : table.columns
          .filter((column) => !feeds.has(feedKey({ schema: table.schema, table: table.name, column: column.name })))
          .map((column) => ({
            table: key,
            column,
            required: !column.nullable && column.default === null && column.generated === null && !column.identity,
          })),
  );
  return unfed.sort(
    (a, b) =>
      Number(b.required) - Number(a.required) ||
      compareText(a.table, b.table) ||
      compareText(a.column.name, b.column.name),
  );
}
