import { type Mapping, isAccepted, isDerived, isPending } from '../shared/model/mapping.ts';
import type { RunState } from '../shared/model/project.ts';
import type { BundleCheck } from '../engine/index.ts';

export interface WrittenBundle {
  readonly path: string;
  readonly check: BundleCheck;
}

/** A run's outcome as data: what `--json` prints and what the summary for people is made of. */
export function summarize(state: RunState, bundle: WrittenBundle | null) {
  const { validation, jobs = [] } = state;
  return {
    status: validation === undefined ? 'interrupted' : 'finished',
    result: validation?.result ?? null,
    bundle: bundle?.path ?? null,
    verified: bundle?.check.verified ?? null,
    files: bundle?.check.files ?? null,
    mappings: countMappings((state.mappings ?? []).filter((mapping) => !isDerived(mapping))),
    derived: countMappings((state.mappings ?? []).filter(isDerived)),
    sql: countStatements(state.sql),
    jobs: jobs.map(({ file, status, confidence, execution }) => ({
      file,
      status,
      confidence,
      execution: execution.status,
    })),
    checks: validation?.checks ?? [],
  };
}

function countMappings(mappings: readonly Mapping[]) {
  return {
    total: mappings.length,
    accepted: mappings.filter(isAccepted).length,
    pending: mappings.filter(isPending).length,
    rejected: mappings.filter((mapping) => mapping.status === 'rejected').length,
  };
}

function countStatements(sql: RunState['sql']) {
  return {
    statements: sql?.statements.length ?? 0,
    failed: sql?.runs.filter((entry) => entry.status === 'failed').length ?? 0,
  };
}

/** The summary for people; `project` is where a run that waits can be found. */
export function printSummary(summary: ReturnType<typeof summarize>, project: string): string {
  const { mappings, derived, sql } = summary;
  const lines = [
    `${mappings.total} columns: ${mappings.accepted} accepted, ${mappings.pending} to review, ${mappings.rejected} rejected`,
    ...(derived.total === 0
      ? []
      : [`${derived.total} derived columns: ${derived.accepted} accepted, ${derived.pending} to review`]),
  ];
  if (summary.status === 'interrupted')
    return [
      ...lines,
      `The run waits for review. Open ${project} in Portolan, or go on with: portolan resume ${project} --out DIR`,
    ].join('\n');
  lines.push(`${sql.statements} SQL statements run in DuckDB, ${sql.failed} failed`);
  for (const job of summary.jobs)
    lines.push(
      `${job.file}: ${job.status.replaceAll('_', ' ')}, confidence ${job.confidence.toFixed(2)}, run ${job.execution}`,
    );
  for (const check of summary.checks) lines.push(`${check.result.padEnd(7)} ${check.title}: ${check.detail}`);
  lines.push(`Validation: ${summary.result ?? 'not reached'}`);
  if (summary.bundle !== null)
    lines.push(
      `Bundle: ${summary.bundle} (${summary.files} files, ${summary.verified === true ? 'verified' : 'NOT verified'})`,
    );
  else lines.push('No bundle is written: name a folder with --out.');
  return lines.join('\n');
}
