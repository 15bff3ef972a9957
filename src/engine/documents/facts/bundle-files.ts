/** The files of the bundle that this state leads to, by path, and what each holds. The manifest's test holds it to the builder. */
import { documentIds } from '../../../shared/model/artifacts.ts';
import type { RunState } from '../../../shared/model/project.ts';
import { compareText } from '../../core/text.ts';

export type BundleFileKind =
  | 'mappings'
  | 'sql'
  | 'pipelines'
  | 'documents'
  | 'review'
  | 'reports'
  | 'lineage'
  | 'manifest';

export interface BundleFile {
  readonly path: string;
  readonly kind: BundleFileKind;
}

export const sqlFileOf = {
  create: 'sql/duckdb/01_create.sql',
  load: 'sql/duckdb/02_load.sql',
  check: 'sql/duckdb/03_checks.sql',
  rollback: 'sql/duckdb/04_rollback.sql',
} as const;

/** Kinds of statements that the state has, in the order in which they are run. */
export function sqlKinds(state: RunState): readonly (keyof typeof sqlFileOf)[] {
  const kinds = new Set((state.sql?.statements ?? []).map(({ kind }) => kind));
  return (['create', 'load', 'check', 'rollback'] as const).filter((kind) => kinds.has(kind));
}

export function bundleFiles(state: RunState): readonly BundleFile[] {
  const jobs = state.jobs ?? [];
  const files: BundleFile[] = [
    ...['mappings/mappings.csv', 'mappings/mappings.json'].map((path) => ({ path, kind: 'mappings' as const })),
    ...sqlKinds(state).map((kind) => ({ path: sqlFileOf[kind], kind: 'sql' as const })),
    ...pipelinePaths(state).map((path) => ({ path, kind: 'pipelines' as const })),
    ...(jobs.length === 0 ? [] : [{ path: 'pipelines/jobs.json', kind: 'pipelines' as const }]),
    ...documentIds.map((id) => ({ path: `documents/${id}.md`, kind: 'documents' as const })),
    ...['review/decisions.json', 'review/rectifications.json'].map((path) => ({ path, kind: 'review' as const })),
    ...['reports/diagnostics.json', 'reports/quality.json', 'reports/validation.json'].map((path) => ({
      path,
      kind: 'reports' as const,
    })),
    { path: 'lineage/columns.csv', kind: 'lineage' },
    { path: 'manifest.json', kind: 'manifest' },
  ];
  return files.toSorted((a, b) => compareText(a.path, b.path));
}

function pipelinePaths({ jobs = [] }: RunState): readonly string[] {
  const paths = jobs.flatMap(({ pipelines }) =>
    pipelines.flatMap(({ fileName, yaml, sql }) => [
      ...(yaml === '' ? [] : [`pipelines/${fileName}`]),
      ...(sql === '' ? [] : [`pipelines/${fileName.replace(/\.yaml$/, '')}.sql`]),
    ]),
  );
  return [...new Set(paths)];
}
