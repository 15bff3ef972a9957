/** What several documents ask of the state, computed once and in an order that does not depend on that of the files. */
import { type Mapping, type Transformation, isAccepted } from '../../../shared/model/mapping.ts';
import type { TableProfile } from '../../../shared/model/profile.ts';
import type { RunState } from '../../../shared/model/project.ts';
import { type ColumnRef, type Table, columnKey } from '../../../shared/model/schema.ts';
import type { SqlRun, SqlStatement } from '../../../shared/model/artifacts.ts';
import { keyOfTable, profilesByTable } from '../../core/sides.ts';
import { compareText } from '../../core/text.ts';

export interface TableEntry {
  readonly key: string;
  readonly table: Table;
  readonly file: string;
}

/** One target of a mapping: the main one or one of a split. */
export interface MappingTarget {
  readonly mapping: Mapping;
  readonly target: ColumnRef;
  readonly transformation: Transformation;
}

export interface StateView {
  readonly state: RunState;
  readonly source: readonly TableEntry[];
  readonly target: readonly TableEntry[];
  readonly profiles: ReadonlyMap<string, TableProfile>;
  readonly mappings: readonly Mapping[];
  /** Every target of every mapping that has one. */
  readonly targets: readonly MappingTarget[];
  /** Accepted feeds by `feedKey` of the target column. */
  readonly feeds: ReadonlyMap<string, readonly MappingTarget[]>;
  readonly statements: readonly SqlStatement[];
  /** Sandbox runs by `runKey`. */
  readonly runs: ReadonlyMap<string, SqlRun>;
}

/** Target columns are matched without regard to case, as the generated SQL does. */
export const feedKey = (ref: ColumnRef): string => columnKey(ref).toLowerCase();

export const runKey = (run: { readonly kind: string; readonly name: string }): string => `${run.kind} ${run.name}`;

export function viewState(state: RunState): StateView {
  const mappings = (state.mappings ?? []).toSorted((a, b) => compareText(a.id, b.id));
  const targets = mappings.flatMap(targetsOf);
  const feeds = new Map<string, MappingTarget[]>();
  for (const target of targets) {
    if (!isAccepted(target.mapping)) continue;
    const key = feedKey(target.target);
    feeds.set(key, [...(feeds.get(key) ?? []), target]);
  }
  return {
    state,
    source: entriesOf(state, 'source'),
    target: entriesOf(state, 'target'),
    profiles: profilesByTable(state.discovery),
    mappings,
    targets,
    feeds,
    statements: state.sql?.statements ?? [],
    runs: new Map((state.sql?.runs ?? []).map((run) => [runKey(run), run])),
  };
}

function targetsOf(mapping: Mapping): readonly MappingTarget[] {
  const main =
    mapping.target === null ? [] : [{ mapping, target: mapping.target, transformation: mapping.transformation }];
  return [...main, ...mapping.additional.map(({ target, transformation }) => ({ mapping, target, transformation }))];
}

function entriesOf({ discovery }: RunState, side: 'source' | 'target'): readonly TableEntry[] {
  const entries = (discovery?.[side] ?? []).flatMap(({ file, tables }) =>
    tables.map((table) => ({ key: keyOfTable(table), table, file })),
  );
  return entries.toSorted((a, b) => compareText(a.key, b.key) || compareText(a.file, b.file));
}

export function countColumns(entries: readonly TableEntry[]): number {
  return entries.reduce((sum, { table }) => sum + table.columns.length, 0);
}
