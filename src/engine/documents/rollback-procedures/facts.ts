import { type MappingIssue, sourcesOf } from '../../../shared/model/mapping.ts';
import { columnKey, tableKey } from '../../../shared/model/schema.ts';
import { compareText } from '../../core/text.ts';
import { isLoadable, namesOf } from '../facts/relations.ts';
import { type StateView, runKey } from '../facts/state-view.ts';

/** Kinds of issues after which the old value cannot be made from the new one. */
const lossyKinds: ReadonlySet<MappingIssue['kind']> = new Set(['lossy', 'length', 'precision', 'type']);

export interface RollbackTable {
  readonly table: string;
  readonly loaded: boolean;
  /** DELETE for this table alone. */
  readonly sql: string;
  /** Columns whose old values cannot be made from the new ones. */
  readonly lossy: readonly string[];
}

export interface WritingObject {
  readonly file: string;
  readonly mapping: string;
  readonly id: string;
  readonly operator: string;
}

export interface RollbackFacts {
  /** Children before parents: the load order backwards. */
  readonly tables: readonly RollbackTable[];
  readonly script: string;
  readonly scriptTried: 'passed' | 'failed' | 'skipped' | 'not run';
  /** Objects of pipelines that change rows which are already there. */
  readonly writing: readonly WritingObject[];
  readonly pipelines: number;
}

const writingOperators = new Set(['upsert_strategy', 'scd', 'change_capture', 'script', 'stored_procedure']);

export function rollbackFacts(view: StateView): RollbackFacts {
  const { state, statements, runs } = view;
  const jobs = (state.jobs ?? []).toSorted((a, b) => compareText(a.file, b.file));
  const scripts = statements.filter(({ kind }) => kind === 'rollback');
  const results = scripts.map((statement) => runs.get(runKey(statement))?.status ?? 'not run');
  return {
    tables: tablesOf(view),
    script: scripts.map(({ sql }) => sql).join('\n\n'),
    scriptTried: results.find((result) => result !== 'passed') ?? (results.length === 0 ? 'not run' : 'passed'),
    writing: jobs.flatMap(({ file, transformations }) =>
      transformations
        .filter(({ operator }) => writingOperators.has(operator))
        .map(({ mapping, id, operator }) => ({ file, mapping, id, operator })),
    ),
    pipelines: jobs.reduce((sum, job) => sum + job.pipelines.length, 0),
  };
}

function tablesOf(view: StateView): readonly RollbackTable[] {
  const names = namesOf(view);
  const known = new Set(view.target.filter(isLoadable).map(({ key }) => key));
  const loaded = new Set(view.statements.filter(({ kind }) => kind === 'load').map(({ name }) => name));
  const lossy = new Map<string, string[]>();
  for (const { mapping, target } of [...view.feeds.values()].flat()) {
    if (!mapping.issues.some(({ kind }) => lossyKinds.has(kind))) continue;
    const columns = lossy.get(tableKey(target)) ?? [];
    lossy.set(tableKey(target), columns);
    columns.push(...sourcesOf(mapping).map(columnKey));
  }
  return (view.state.sql?.loadOrder ?? [])
    .filter((key) => known.has(key))
    .toReversed()
    .map((key) => ({
      table: key,
      loaded: loaded.has(key),
      sql: `DELETE FROM ${names.sql('target', key)};`,
      lossy: lossy.get(key) ?? [],
    }));
}
