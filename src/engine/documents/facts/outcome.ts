/** Where the migration stands: counts of mappings, sandbox runs and jobs, and what is still open. */
import type { SqlRun } from '../../../shared/model/artifacts.ts';
import type { ConversionJob } from '../../../shared/model/conversion.ts';
import { type MappingStatus, isPending } from '../../../shared/model/mapping.ts';
import { statuses } from './mapping-words.ts';
import type { StateView } from './state-view.ts';

export function countByStatus({ mappings }: StateView): ReadonlyMap<MappingStatus, number> {
  const counts = new Map<MappingStatus, number>(statuses.map((status) => [status, 0]));
  for (const { status } of mappings) counts.set(status, (counts.get(status) ?? 0) + 1);
  return counts;
}

export type RunOutcome = 'passed' | 'findings' | 'failed' | 'skipped';

/** A check that ran and counted rows is a finding, not a failure of the statement. */
export function outcomeOf(run: SqlRun): RunOutcome {
  if (run.status !== 'passed') return run.status;
  return run.kind === 'check' && (run.rows ?? 0) > 0 ? 'findings' : 'passed';
}

export interface RunCounts {
  readonly kind: string;
  readonly counts: Readonly<Record<RunOutcome, number>>;
}

export function countRuns({ runs }: StateView): readonly RunCounts[] {
  return ['create', 'load', 'check', 'rollback'].flatMap((kind) => {
    const own = [...runs.values()].filter((run) => run.kind === kind).map(outcomeOf);
    const of = (outcome: RunOutcome): number => own.filter((one) => one === outcome).length;
    return own.length === 0
      ? []
      : [
          {
            kind,
            counts: { passed: of('passed'), findings: of('findings'), failed: of('failed'), skipped: of('skipped') },
          },
        ];
  });
}

export interface OpenPoints {
  readonly pending: number;
  readonly rejected: number;
  readonly requiredUnfed: number;
  readonly failedRuns: number;
  readonly findings: number;
  readonly openJobs: number;
  readonly readErrors: number;
  /** Mappings with an issue of severity error that takes part in the SQL. */
  readonly issues: number;
}

const isOpen = (job: ConversionJob): boolean => job.status !== 'completed' || job.execution.status === 'failed';

export function openPoints(view: StateView): OpenPoints {
  const outcomes = [...view.runs.values()].map(outcomeOf);
  return {
    pending: view.mappings.filter(isPending).length,
    rejected: view.mappings.filter(({ status }) => status === 'rejected').length,
    requiredUnfed: view.state.evaluation?.requiredTargetsUnfed.length ?? 0,
    failedRuns: outcomes.filter((outcome) => outcome === 'failed').length,
    findings: outcomes.filter((outcome) => outcome === 'findings').length,
    openJobs: (view.state.jobs ?? []).filter(isOpen).length,
    readErrors: (view.state.discovery?.diagnostics ?? []).filter(({ severity }) => severity === 'error').length,
    issues: view.mappings.filter(({ issues }) => issues.some(({ severity }) => severity === 'error')).length,
  };
}
