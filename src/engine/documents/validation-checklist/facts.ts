import type { SqlRun } from '../../../shared/model/artifacts.ts';
import type { ConversionJob } from '../../../shared/model/conversion.ts';
import { compareText } from '../../core/text.ts';
import { type RunOutcome, outcomeOf } from '../facts/outcome.ts';
import { type StateView, runKey } from '../facts/state-view.ts';

export interface CheckLine {
  readonly name: string;
  readonly outcome: RunOutcome | 'not run';
  readonly rows: number | null;
  readonly detail: string | null;
}

export interface ChecklistFacts {
  readonly statements: readonly (CheckLine & { readonly kind: string })[];
  /** Findings and failures first, then in the order in which they run. */
  readonly checks: readonly CheckLine[];
  readonly jobs: readonly ConversionJob[];
  readonly inputErrors: number;
  readonly hasSql: boolean;
}

const order: Readonly<Record<CheckLine['outcome'], number>> = {
  failed: 0,
  findings: 1,
  'not run': 2,
  skipped: 3,
  passed: 4,
};

export function checklistFacts(view: StateView): ChecklistFacts {
  const line = (name: string, run: SqlRun | undefined): CheckLine => ({
    name,
    outcome: run === undefined ? 'not run' : outcomeOf(run),
    rows: run?.rows ?? null,
    detail: run?.detail ?? null,
  });
  const lines = view.statements.map((statement) => ({
    ...line(statement.name, view.runs.get(runKey(statement))),
    kind: statement.kind,
  }));
  return {
    statements: lines.filter(({ kind }) => kind !== 'check').sort((a, b) => order[a.outcome] - order[b.outcome]),
    checks: lines.filter(({ kind }) => kind === 'check').sort((a, b) => order[a.outcome] - order[b.outcome]),
    jobs: (view.state.jobs ?? []).toSorted((a, b) => compareText(a.file, b.file)),
    inputErrors: (view.state.discovery?.diagnostics ?? []).filter(({ severity }) => severity === 'error').length,
    hasSql: view.state.sql !== undefined,
  };
}
