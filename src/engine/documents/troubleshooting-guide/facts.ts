import type { SqlRun } from '../../../shared/model/artifacts.ts';
import type { MappingIssue } from '../../../shared/model/mapping.ts';
import type { QualityIssue } from '../../../shared/model/profile.ts';
import type { Diagnostic } from '../../../shared/model/schema.ts';
import { columnKey } from '../../../shared/model/schema.ts';
import { compareText } from '../../core/text.ts';
import { outcomeOf } from '../facts/outcome.ts';
import { isLoadable, namesOf } from '../facts/relations.ts';
import type { StateView } from '../facts/state-view.ts';

export interface KindCount<K> {
  readonly kind: K;
  readonly places: number;
  readonly rows: number;
  /** The first few, as `tableKey` or `columnKey`. */
  readonly examples: readonly string[];
}

export interface JobTrouble {
  readonly file: string;
  readonly where: string;
  readonly message: string;
  readonly line: number | null;
}

export interface TroubleFacts {
  readonly diagnostics: readonly Diagnostic[];
  readonly failedRuns: readonly SqlRun[];
  readonly findings: readonly SqlRun[];
  readonly mappingIssues: readonly KindCount<MappingIssue['kind']>[];
  readonly qualityIssues: readonly KindCount<QualityIssue['kind']>[];
  readonly jobTroubles: readonly JobTrouble[];
  readonly failedTrials: readonly { readonly file: string; readonly detail: string }[];
  /** What the generated SQL calls the rejects of the first loaded table; null where none is loaded. */
  readonly rejects: string | null;
}

const severityOrder = ['error', 'warning', 'info'] as const;

export function troubleFacts(view: StateView): TroubleFacts {
  const runs = [...view.runs.values()];
  const jobs = (view.state.jobs ?? []).toSorted((a, b) => compareText(a.file, b.file));
  return {
    diagnostics: diagnosticsOf(view),
    failedRuns: runs.filter((run) => outcomeOf(run) === 'failed'),
    findings: runs
      .filter((run) => outcomeOf(run) === 'findings')
      .sort((a, b) => (b.rows ?? 0) - (a.rows ?? 0) || compareText(a.name, b.name)),
    mappingIssues: countKinds(
      view.mappings.flatMap(({ source, issues }) =>
        issues.map(({ kind, rows }) => ({ kind, rows: rows ?? 0, place: columnKey(source) })),
      ),
    ),
    qualityIssues: countKinds(
      [...view.profiles.values()].flatMap(({ issues }) =>
        issues.map(({ kind, rows, table, column }) => ({
          kind,
          rows,
          place: column === null ? table : `${table}.${column}`,
        })),
      ),
    ),
    jobTroubles: jobs.flatMap(({ file, issues }) =>
      issues
        .filter(({ severity }) => severity === 'error')
        .map(({ where, message, line }) => ({ file, where, message, line })),
    ),
    failedTrials: jobs
      .filter(({ execution }) => execution.status === 'failed')
      .map(({ file, execution }) => ({ file, detail: execution.detail })),
    rejects: rejectsOf(view),
  };
}

function rejectsOf(view: StateView): string | null {
  const loadable = new Set(view.target.filter(isLoadable).map(({ key }) => key));
  const first = view.statements.find(({ kind, name }) => kind === 'load' && loadable.has(name));
  return first === undefined ? null : namesOf(view).sql('rejects', first.name);
}

function diagnosticsOf({ state }: StateView): readonly Diagnostic[] {
  return (state.discovery?.diagnostics ?? []).toSorted(
    (a, b) =>
      severityOrder.indexOf(a.severity) - severityOrder.indexOf(b.severity) ||
      compareText(a.file, b.file) ||
      (a.line ?? 0) - (b.line ?? 0) ||
      compareText(a.message, b.message),
  );
}

function countKinds<K extends string>(
  found: readonly { readonly kind: K; readonly rows: number; readonly place: string }[],
): readonly KindCount<K>[] {
  const kinds = new Map<K, { places: number; rows: number; examples: string[] }>();
  for (const { kind, rows, place } of found) {
    const entry = kinds.get(kind) ?? { places: 0, rows: 0, examples: [] };
    kinds.set(kind, entry);
    entry.places += 1;
    entry.rows += rows;
    if (entry.examples.length < 3) entry.examples.push(place);
  }
  return [...kinds]
    .map(([kind, entry]) => ({ kind, ...entry }))
    .sort((a, b) => b.rows - a.rows || compareText(a.kind, b.kind));
}
