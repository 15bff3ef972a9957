/** What `execute` says of a pipeline that was run. */
import type { PipelineExecution, SqlRows } from '../engine/index.ts';
import { printTable } from './print.ts';

type Comparison = PipelineExecution['comparisons'][number];

/** The JSON of one pipeline: keys that scripts rely on. */
export function executionFigures({ name, run, given, comparisons, error }: PipelineExecution) {
  const equal = comparisons.every((one) => one.equal);
  return {
    pipeline: name,
    status: error === null && run?.status === 'passed' && equal ? ('passed' as const) : ('failed' as const),
    error,
    nodes: (run?.nodes ?? []).map((node) => ({
      ...node,
      ...(run?.rejected.has(node.id) === true ? { rejected: run.rejected.get(node.id) } : {}),
    })),
    outputs: Object.fromEntries(run?.counts ?? []),
    brokenLaws: run?.brokenLaws ?? [],
    quality: (run?.quality ?? []).map((one) => ({
      ...one,
      sample: one.sample === null ? null : plainRows(one.sample),
    })),
    tablesFromFiles: given.filter((one) => one.used).map((one) => one.table),
    inputs: given,
    comparisons,
    samples: Object.fromEntries(
      [...(run?.samples ?? [])].map(([relation, { columns, rows }]) => [relation, plainRows({ columns, rows })]),
    ),
  };
}

/** Big integers have no JSON form of their own. */
const plainRows = ({ columns, rows }: Pick<SqlRows, 'columns' | 'rows'>) => ({
  columns,
  rows: rows.map((row) => row.map((value) => (typeof value === 'bigint' ? String(value) : value))),
});

const cell = (value: string | number | bigint | boolean | null): string => (value === null ? 'NULL' : String(value));

/** What a person has to know of a file that was given. */
export function printInput({ table, file, used, notes }: PipelineExecution['given'][number]): readonly string[] {
  const state = used ? 'filled from' : 'not filled from';
  return notes.map((note) => `${table} ${state} ${file}: ${note}`);
}

/** How a target differs from what was expected. */
export function printComparison(one: Comparison): readonly string[] {
  const beside = one.uncompared.length === 0 ? '' : `; nothing is expected of ${one.uncompared.join(', ')}`;
  if (one.equal) return [`${one.name}: equal to what was expected (${one.actualRows} rows)${beside}`];
  const changedKeys = new Set(one.changed.map(({ key }) => key.map(cell).join(', ')));
  return [
    `${one.name}: differs from what was expected: ${one.actualRows} rows, expected ${one.expectedRows}; ${one.missing.count} missing, ${one.unexpected.count} unexpected`,
    ...(one.missingColumns.length === 0 ? [] : [`  columns not in the result: ${one.missingColumns.join(', ')}`]),
    ...one.changed.map(
      ({ key, differences }) =>
        `  ~ ${key.map(cell).join(', ')}: ${differences.map((diff) => `${diff.column} is ${cell(diff.actual)}, expected ${cell(diff.expected)}`).join('; ')}`,
    ),
    ...(changedKeys.size > 0
      ? []
      : [
          `  columns: ${one.columns.join(' | ')}`,
          ...one.missing.first.map((row) => `  - ${row.map(cell).join(' | ')}`),
          ...one.unexpected.first.map((row) => `  + ${row.map(cell).join(' | ')}`),
        ]),
  ];
}

type QualityFigures = ReturnType<typeof executionFigures>['quality'][number];

/** What passed is counted in the JSON; a person is told of the rest. */
function printQuality({ check, node, status, onFailure, detail, sample }: QualityFigures): readonly string[] {
  if (status === 'passed') return [];
  const word = status === 'skipped' ? 'not checked' : onFailure === 'fail' ? 'failed' : 'warning';
  return [
    `quality ${check} of ${node}: ${word}: ${detail}`,
    ...(sample === null ? [] : [`  columns: ${sample.columns.join(' | ')}`]),
    ...(sample?.rows ?? []).map((row) => `  - ${row.map(cell).join(' | ')}`),
  ];
}

/** The same for a person. */
export function printExecution(figures: ReturnType<typeof executionFigures>): string {
  const { pipeline, status, error, nodes, inputs, brokenLaws, quality, comparisons, samples } = figures;
  const rows = nodes.map((node) => [
    node.id,
    node.rows === null ? '—' : String(node.rows),
    node.seconds.toFixed(3),
    node.error?.split('\n', 1)[0] ??
      (node.rejected === undefined || node.rejected === 0 ? '' : `${node.rejected} rejected`),
  ]);
  return [
    `${pipeline}: ${status}${error === null ? '' : `: ${error}`}`,
    ...(rows.length === 0 ? [] : [printTable(['node', 'rows', 'seconds', ''], rows)]),
    ...inputs.flatMap(printInput),
    ...brokenLaws.map((law) => `rows not conserved in ${law.node}: ${law.message}`),
    ...quality.flatMap(printQuality),
    ...comparisons.flatMap(printComparison),
    ...Object.entries(samples).map(([relation, { columns, rows: sample }]) =>
      [
        relation,
        printTable(
          columns,
          sample.map((row) => row.map(cell)),
        ),
      ].join('\n'),
    ),
  ].join('\n');
}
