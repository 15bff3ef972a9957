/** The quality checks of a pipeline on the rows that its nodes gave: what passed, how many rows did not, and some of them. */
import { toErrorShape } from '../../shared/errors.ts';
import type { SqlRows, SqlSession } from '../ports/sql-runner.ts';
import type { Pipeline, PipelineNode, QualityCheck } from './model.ts';
import { relationsOf } from './print-script.ts';
import { sinkPlan, tableOfSink } from './sink-statements.ts';
import { sqlName } from './sql-name.ts';

export interface QualityResult {
  readonly check: QualityCheck['check'];
  readonly node: string;
  readonly columns: readonly string[];
  /** `skipped` where there is nothing to check: the node gave no rows, or rows of the source tool are needed. */
  readonly status: 'passed' | 'failed' | 'skipped';
  /** Whether a failure of it fails the run. */
  readonly onFailure: 'warn' | 'fail';
  /** Rows that do not hold; for row counts those that are too few or too many. */
  readonly failingRows: number;
  readonly detail: string;
  readonly sample: SqlRows | null;
}

interface Found {
  readonly failingRows: number;
  readonly detail: string;
  readonly failed: boolean;
  /** SQL of rows that do not hold. */
  readonly rows?: string;
}

/** Columns that the generator adds to know the order and the operation of rows. */
const internal = /^__/;

interface Checking {
  readonly pipeline: Pipeline;
  readonly session: SqlSession;
  readonly node: PipelineNode;
  readonly check: QualityCheck;
  /** The relation to check; of a node with several outputs only rows are counted. */
  readonly relation: string;
  readonly rows: number;
}

/** A text is why the check cannot be made. */
type Evaluate = (checking: Checking) => Promise<Found | string> | Found | string;

const count = async (session: SqlSession, sql: string): Promise<number> =>
  Number((await session.query(sql)).rows[0]?.[0] ?? 0);

function columnsOf({ node, check }: Checking): readonly string[] {
  const own = (node.columns ?? []).map((column) => column.name);
  return (check.columns ?? own).filter((name) => !internal.test(name));
}

const rowCount: Evaluate = ({ check, rows }) => {
  const few = Math.max(0, (check.min ?? 0) - rows);
  const many = Math.max(0, rows - (check.max ?? Infinity));
  const bounds = [
    check.min === undefined ? '' : `at least ${check.min}`,
    check.max === undefined ? '' : `at most ${check.max}`,
  ].filter((text) => text !== '');
  return { failed: few + many > 0, failingRows: few + many, detail: `${rows} rows; expected ${bounds.join(', ')}` };
};

const nullPercentage: Evaluate = async (checking) => {
  const columns = columnsOf(checking);
  const { session, relation, rows, check } = checking;
  if (columns.length === 0) return 'It has no columns';
  const counts = await session.query(
    `SELECT ${columns.map((name) => `count(*) - count(${sqlName(name)})`).join(', ')} FROM ${relation}`,
  );
  const max = check.max ?? 0;
  const over = columns.flatMap((name, index) => {
    const percent = rows === 0 ? 0 : (100 * Number(counts.rows[0]?.[index] ?? 0)) / rows;
    return percent > max ? [{ name, percent }] : [];
  });
  if (over.length === 0)
    return {
      failed: false,
      failingRows: 0,
      detail: `NULL in at most ${max} % of the rows of each of ${columns.length} columns`,
    };
  const filter = over.map(({ name }) => `${sqlName(name)} IS NULL`).join(' OR ');
  const found = over.map(({ name, percent }) => `${name} ${Math.round(percent * 100) / 100} %`).join(', ');
  return {
    failed: true,
    failingRows: await count(session, `SELECT count(*) FROM ${relation} WHERE ${filter}`),
    detail: `NULL in ${found}; at most ${max} % is allowed`,
    rows: `SELECT * FROM ${relation} WHERE ${filter}`,
  };
};

const duplicate: Evaluate = async (checking) => {
  const columns = columnsOf(checking);
  const { session, relation, check } = checking;
  if (columns.length === 0) return 'It has no columns';
  const names = columns.map(sqlName).join(', ');
  // NULL differs from NULL in a key, as in a unique index.
  const known =
    check.columns === undefined ? '' : ` WHERE ${columns.map((name) => `${sqlName(name)} IS NOT NULL`).join(' AND ')}`;
  const more = `(SELECT *, row_number() OVER (PARTITION BY ${names}) AS __copy FROM ${relation}${known})`;
  const copies = await count(session, `SELECT count(*) FROM ${more} WHERE __copy > 1`);
  const max = check.max ?? 0;
  const what =
    check.columns === undefined
      ? 'rows that are there already'
      : `rows with a key (${columns.join(', ')}) that is there already`;
  return {
    failed: copies > max,
    failingRows: copies,
    detail: `${copies} ${what}`,
    rows: `SELECT * EXCLUDE (__copy) FROM ${more} WHERE __copy > 1`,
  };
};

const schemaValidation: Evaluate = async ({ pipeline, session, node, relation }) => {
  const table = tableOfSink(node, pipeline.tables ?? []);
  if (table === null) return 'The pipeline does not declare its table';
  const have = new Set(
    (await session.query(`SELECT * FROM ${relation} LIMIT 0`)).columns.map((name) => name.toLowerCase()),
  );
  const missing = table.columns.filter((column) => !column.nullable && !have.has(column.name.toLowerCase()));
  const surplus = (node.columns ?? []).filter(
    ({ name }) =>
      !internal.test(name) && !table.columns.some((column) => column.name.toLowerCase() === name.toLowerCase()),
  );
  if (missing.length > 0 || surplus.length > 0) {
    const parts = [
      missing.length === 0 ? '' : `${missing.map(({ name }) => name).join(', ')} must not be NULL and is not written`,
      surplus.length === 0 ? '' : `${surplus.map(({ name }) => name).join(', ')} is not in ${table.name}`,
    ].filter((text) => text !== '');
    return { failed: true, failingRows: 0, detail: parts.join('; ') };
  }
  const accepted = sinkPlan(node, table)?.accepted ?? 'TRUE';
  const refused = await count(session, `SELECT count(*) FROM ${relation} WHERE NOT (${accepted})`);
  return {
    failed: refused > 0,
    failingRows: refused,
    detail:
      refused === 0
        ? `Every row fits ${table.name}`
        : `${refused} rows do not fit the types or required columns of ${table.name}`,
    rows: `SELECT * FROM ${relation} WHERE NOT (${accepted})`,
  };
};

const reconciliation: Evaluate = () =>
  'The conversion is in doubt: compare with rows of the source tool (execute --expect)';

const evaluations: Readonly<Record<QualityCheck['check'], Evaluate>> = {
  row_count: rowCount,
  null_percentage: nullPercentage,
  duplicate,
  schema_validation: schemaValidation,
  low_confidence_reconciliation: reconciliation,
};

async function evaluate(checking: Checking): Promise<Found | string> {
  try {
    return await evaluations[checking.check.check](checking);
  } catch (thrown) {
    const { code, message } = toErrorShape(thrown);
    if (code === 'CANCELLED') throw thrown;
    return { failed: true, failingRows: 0, detail: message.split('\n', 1)[0] ?? message };
  }
}

interface QualityRun {
  readonly session: SqlSession;
  /** Rows by relation. */
  readonly counts: ReadonlyMap<string, number>;
  /** Failing rows to keep of each check. */
  readonly sampleRows: number;
}

/** What was found, or why there is nothing to check. */
async function found(
  check: QualityCheck,
  pipeline: Pipeline,
  { session, counts }: QualityRun,
): Promise<Found | string> {
  const node = pipeline.nodes.find((one) => one.id === check.node);
  if (node === undefined) return 'There is no such node';
  const relations = relationsOf(node).map(({ name }) => name);
  const [relation] = relations;
  const rows = relations.flatMap((name) => counts.get(name) ?? []);
  if (relation === undefined || rows.length < relations.length) return 'The node gave no rows';
  if (relations.length > 1 && check.check !== 'row_count')
    return 'Of a node with several outputs only rows are counted';
  const total = rows.reduce((sum, one) => sum + one, 0);
  return evaluate({ pipeline, session, node, check, relation: sqlName(relation), rows: total });
}

/** Every check of `pipeline`, in its order, after its nodes have run. */
export async function runQuality(pipeline: Pipeline, run: QualityRun): Promise<readonly QualityResult[]> {
  const results: QualityResult[] = [];
  for (const check of pipeline.quality ?? []) {
    const { columns = [], on_failure: onFailure = 'warn' } = check;
    const head = { check: check.check, node: check.node, columns, onFailure };
    const result = await found(check, pipeline, run);
    if (typeof result === 'string') {
      results.push({ ...head, status: 'skipped', failingRows: 0, detail: result, sample: null });
      continue;
    }
    const { failed, failingRows, detail, rows } = result;
    const wanted = failed && rows !== undefined && run.sampleRows > 0;
    const sample = wanted ? await run.session.query(`${rows} LIMIT ${run.sampleRows}`, run.sampleRows) : null;
    results.push({ ...head, status: failed ? 'failed' : 'passed', failingRows, detail, sample });
  }
  return results;
}
