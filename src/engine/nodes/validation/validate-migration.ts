import type { ValidationCheck, ValidationReport } from '../../../shared/model/artifacts.ts';
import type { RunState } from '../../../shared/model/project.ts';
import { dangerousWords } from '../../sql/safety.ts';

type Result = ValidationCheck['result'];

const worst = (results: readonly Result[]): Result =>
  results.includes('FAIL') ? 'FAIL' : results.includes('WARNING') ? 'WARNING' : 'PASS';
const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

function firstFew(items: readonly string[]): string {
  const shown = items.slice(0, 5).join('; ');
  return items.length > 5 ? `${shown}; and ${items.length - 5} more` : shown;
}

/** `documentProblems`: for each document what is missing in it; documents that are complete are left out. */
export function validateMigration(
  state: RunState,
  documentProblems: readonly { readonly id: string; readonly problems: readonly string[] }[],
): ValidationReport {
  const checks = [
    inputsRead(state),
    mappingsSettled(state),
    requiredTargets(state),
    sqlSafe(state),
    sqlRan(state),
    dataChecks(state),
    pipelinesConverted(state),
    documentsComplete(state, documentProblems),
  ];
  return { result: worst(checks.map((check) => check.result)), checks };
}

function inputsRead({ discovery }: RunState): ValidationCheck {
  const errors = (discovery?.diagnostics ?? []).filter((diagnostic) => diagnostic.severity === 'error');
  const detail =
    errors.length === 0
      ? 'Every statement was understood.'
      : firstFew(
          errors.map(({ file, line, message }) =>
            line === null && message.includes(file) ? message : `${file}${line === null ? '' : `:${line}`} ${message}`,
          ),
        );
  return {
    id: 'inputs',
    title: 'Inputs were read completely',
    result: errors.length === 0 ? 'PASS' : 'WARNING',
    detail,
  };
}

function mappingsSettled({ mappings = [] }: RunState): ValidationCheck {
  const open = mappings.filter((mapping) => ['needs_review', 'flagged', 'unmapped'].includes(mapping.status));
  const accepted = mappings.filter(
    (mapping) => ['auto_approved', 'approved', 'modified'].includes(mapping.status) && mapping.target !== null,
  );
  if (accepted.length === 0)
    return {
      id: 'mappings',
      title: 'Mappings are settled',
      result: 'FAIL',
      detail: 'No mapping is accepted, so nothing would be migrated.',
    };
  const detail =
    open.length === 0
      ? `${plural(accepted.length, 'mapping')} accepted, none open.`
      : `${plural(accepted.length, 'mapping')} accepted; ${open.length} still to be reviewed stay out of the SQL.`;
  return { id: 'mappings', title: 'Mappings are settled', result: open.length === 0 ? 'PASS' : 'WARNING', detail };
}

function requiredTargets({ evaluation }: RunState): ValidationCheck {
  const unfed = evaluation?.requiredTargetsUnfed ?? [];
  const detail =
    unfed.length === 0
      ? 'Every required target column is fed.'
      : `${plural(unfed.length, 'required column')} without a source: ${firstFew(unfed.map((ref) => `${ref.table}.${ref.column}`))}`;
  return {
    id: 'required',
    title: 'Required target columns are fed',
    result: unfed.length === 0 ? 'PASS' : 'WARNING',
    detail,
  };
}

function sqlSafe({ sql }: RunState): ValidationCheck {
  const bad = (sql?.statements ?? [])
    .filter((statement) => statement.kind !== 'rollback')
    .flatMap((statement) => dangerousWords(statement.sql).map((word) => `${statement.name}: ${word.toUpperCase()}`));
  return {
    id: 'safety',
    title: 'No dangerous statement',
    result: bad.length === 0 ? 'PASS' : 'FAIL',
    detail: bad.length === 0 ? 'Loads and checks only create, read and insert.' : firstFew(bad),
  };
}

function sqlRan({ sql, discovery }: RunState): ValidationCheck {
  const runs = (sql?.runs ?? []).filter((run) => run.kind !== 'check');
  const failed = runs.filter((run) => run.status === 'failed');
  const rows = (discovery?.data.length ?? 0) > 0 ? 'on the imported data' : 'on empty tables, as no extract is given';
  if (runs.length === 0)
    return { id: 'sql', title: 'SQL runs in DuckDB', result: 'FAIL', detail: 'No statement was run.' };
  const detail =
    failed.length === 0
      ? `${plural(runs.length, 'statement')} ran ${rows}.`
      : firstFew(failed.map((run) => `${run.name}: ${run.detail ?? 'failed'}`));
  return { id: 'sql', title: 'SQL runs in DuckDB', result: failed.length === 0 ? 'PASS' : 'FAIL', detail };
}

function dataChecks({ sql }: RunState): ValidationCheck {
  const runs = (sql?.runs ?? []).filter((run) => run.kind === 'check');
  const broken = runs.filter((run) => run.status === 'failed');
  const differing = runs.filter((run) => run.status === 'passed' && (run.rows ?? 0) > 0);
  const title = 'Loaded data passes its checks';
  if (broken.length > 0)
    return {
      id: 'data',
      title,
      result: 'FAIL',
      detail: firstFew(broken.map((run) => `${run.name}: ${run.detail ?? 'failed'}`)),
    };
  if (runs.length === 0)
    return { id: 'data', title, result: 'WARNING', detail: 'There is nothing to check: no table is loaded.' };
  const detail =
    differing.length === 0
      ? `${plural(runs.length, 'check')} without a finding.`
      : `${differing.length} of ${plural(runs.length, 'check')} have findings: ${firstFew(differing.map((run) => `${run.name} (${plural(run.rows ?? 0, 'row')})`))}`;
  return { id: 'data', title, result: differing.length === 0 ? 'PASS' : 'WARNING', detail };
}

function pipelinesConverted({ jobs = [] }: RunState): ValidationCheck {
  const title = 'Legacy ETL is converted';
  if (jobs.length === 0) return { id: 'pipelines', title, result: 'PASS', detail: 'No legacy ETL was given.' };
  const failed = jobs.filter((job) => job.status === 'failed' || job.execution.status === 'failed');
  const warned = jobs.filter((job) => job.status === 'completed_with_warnings' && !failed.includes(job));
  const reasons = [...failed, ...warned].map(
    (job) => `${job.file}: ${job.execution.status === 'failed' ? job.execution.detail : (job.gate[0] ?? job.status)}`,
  );
  // A pipeline that needs a person is open work, not a broken bundle: it is kept, marked and fails closed when run.
  const result: Result = failed.length + warned.length > 0 ? 'WARNING' : 'PASS';
  return {
    id: 'pipelines',
    title,
    result,
    detail: reasons.length === 0 ? `${plural(jobs.length, 'file')} converted and run.` : firstFew(reasons),
  };
}

function documentsComplete(
  { documents = [] }: RunState,
  problems: readonly { readonly id: string; readonly problems: readonly string[] }[],
): ValidationCheck {
  const found = problems.flatMap((entry) => entry.problems.map((problem) => `${entry.id}: ${problem}`));
  return {
    id: 'documents',
    title: 'Documents are complete',
    result: found.length === 0 ? 'PASS' : 'FAIL',
    detail: found.length === 0 ? `${plural(documents.length, 'document')} written.` : firstFew(found),
  };
}
