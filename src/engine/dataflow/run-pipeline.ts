/** Running a pipeline on DuckDB, node by node, on given data or generated rows. */
import type { NodeRun } from '../../shared/model/conversion.ts';
import { PortolanError } from '../../shared/errors.ts';
import { inTurns } from '../core/in-turns.ts';
import { quoteIdentifier } from '../core/text.ts';
import type { Clock } from '../ports/clock.ts';
import type { SqlRows, SqlSession } from '../ports/sql-runner.ts';
import { type BrokenLaw, brokenLaw } from './conservation.ts';
import { generateRows, loadTable } from './fill-tables.ts';
import type { Pipeline, PipelineNode } from './model.ts';
import { type QualityResult, runQuality } from './run-quality.ts';
import { orderNodes } from './order-nodes.ts';
import { runStatement } from './run-statement.ts';
import { macroStatements, parameterStatements, schemaStatements } from './prepare-statements.ts';
import { isRunnable, relationsOf } from './print-script.ts';
import { emptyingStatements, sinkPlan, tableOfSink } from './sink-statements.ts';
import { sqlName } from './sql-name.ts';
import { checkInSteps } from './validate-pipeline.ts';

export interface RunOptions {
  /** SQL of a relation for each raw table, by lower-cased name; columns are matched by name, others stay NULL. */
  readonly data?: ReadonlyMap<string, string>;
  /** The relations of `data` are tables of the session, dropped as soon as they are copied. */
  readonly dropsData?: boolean;
  /** Rows to generate for each raw table that has no data; 0 leaves such tables empty. */
  readonly generate?: number;
  readonly seed?: number;
  /** The time that SYSDATE and the like give, ISO without a zone. */
  readonly runTime?: string;
  readonly parameters?: ReadonlyMap<string, string>;
  /** Rows kept of each node as an example. */
  readonly sampleRows?: number;
  readonly clock?: Clock;
  /** The raw tables are there and filled: `data` and `generate` are not looked at. */
  readonly tablesAreReady?: boolean;
  /** Variables that the session has already and that keep their values. */
  readonly variables?: ReadonlySet<string>;
}

export interface PipelineRun {
  readonly status: 'passed' | 'failed';
  readonly nodes: readonly NodeRun[];
  /** By relation name. */
  readonly samples: ReadonlyMap<string, SqlRows>;
  /** Rows by relation name: of a node, or of each of its outputs. */
  readonly counts: ReadonlyMap<string, number>;
  /** Rows that a target did not take, by node. */
  readonly rejected: ReadonlyMap<string, number>;
  /** Nodes that lost or made rows which their operator neither loses nor makes. */
  readonly brokenLaws: readonly BrokenLaw[];
  /** Values of given rows that a table could not hold, by its lower-cased name. */
  readonly unfit: ReadonlyMap<string, readonly string[]>;
  /** The pipeline's own checks. One that says `on_failure: fail` fails the run. */
  readonly quality: readonly QualityResult[];
}

const failingSampleRows = 5;
const defaultRunTime = '2024-01-01 00:00:00';

function messageOf(thrown: unknown): string {
  if (thrown instanceof PortolanError && thrown.code === 'CANCELLED') throw thrown;
  return thrown instanceof Error ? thrown.message : String(thrown);
}

class PipelineRunner {
  private readonly pipeline: Pipeline;
  private readonly session: SqlSession;
  private readonly options: RunOptions;
  private readonly failed = new Set<string>();
  readonly runs: NodeRun[] = [];
  readonly samples = new Map<string, SqlRows>();
  readonly rejected = new Map<string, number>();
  readonly counts = new Map<string, number>();
  readonly brokenLaws: BrokenLaw[] = [];
  readonly unfit = new Map<string, readonly string[]>();

  constructor(pipeline: Pipeline, session: SqlSession, options: RunOptions) {
    this.pipeline = pipeline;
    this.session = session;
    this.options = options;
  }

  async prepare(): Promise<void> {
    const { options, pipeline, session } = this;
    for (const statement of parameterStatements(pipeline, options.runTime ?? defaultRunTime, {
      ...(options.parameters === undefined ? {} : { given: options.parameters }),
      ...(options.variables === undefined ? {} : { kept: options.variables }),
    }))
      await session.run(statement);
    const macros = macroStatements(pipeline);
    if (macros !== '') await session.run(macros);
    if (options.tablesAreReady === true) return;
    for (const statement of schemaStatements(pipeline)) await session.run(statement);
    const given = options.data ?? new Map<string, string>();
    const all = pipeline.tables ?? [];
    for (const table of all) {
      const relation = given.get(table.name.toLowerCase());
      if (relation !== undefined) this.unfit.set(table.name.toLowerCase(), await loadTable(session, table, relation));
    }
    if (options.dropsData === true) for (const relation of given.values()) await session.run(`DROP TABLE ${relation}`);
    const without = all.filter((table) => !given.has(table.name.toLowerCase()));
    await generateRows(session, pipeline, without, options);
  }

  async runAll(): Promise<void> {
    const { ordered, cyclic } = orderNodes(this.pipeline.nodes);
    const refused = new Map<string, string>();
    for (const node of ordered) await this.statements(node, 'before', refused);
    for (const statement of emptyingStatements(ordered.filter(isRunnable), this.pipeline.tables ?? []))
      await this.session.run(statement);
    for (const node of ordered) await this.runNode(node, refused.get(node.id));
    const unfinished = new Map<string, string>();
    for (const node of ordered) if (!this.failed.has(node.id)) await this.statements(node, 'after', unfinished);
    for (const [id, error] of unfinished) this.turnToFailure(id, error);
    for (const id of cyclic) this.fail(id, 'depends on itself', 0);
  }

  private fail(id: string, error: string, seconds: number): void {
    this.failed.add(id);
    this.runs.push({ id, rows: null, seconds, error });
  }

  private turnToFailure(id: string, error: string): void {
    const at = this.runs.findIndex((run) => run.id === id);
    const run = this.runs[at];
    if (run !== undefined) this.runs[at] = { ...run, error };
  }

  /** SQL that the source tool runs around the load; what DuckDB refuses of it goes to `refused`, by node. */
  private async statements(node: PipelineNode, when: 'before' | 'after', refused: Map<string, string>): Promise<void> {
    if (!isRunnable(node)) return;
    try {
      for (const statement of node[when] ?? []) await runStatement(this.session, statement);
    } catch (thrown) {
      refused.set(node.id, `SQL ${when} the load: ${messageOf(thrown)}`);
    }
  }

  private async runNode(node: PipelineNode, refused: string | undefined): Promise<void> {
    const start = this.options.clock?.elapsed() ?? 0;
    const seconds = (): number => (this.options.clock?.elapsed() ?? 0) - start;
    const blocked = (node.depends_on ?? []).find((input) => this.failed.has(input.node));
    if (!isRunnable(node))
      return this.fail(node.id, `not converted (${node.conversion}): it has to be written by hand`, 0);
    if (refused !== undefined) return this.fail(node.id, refused, 0);
    if (blocked !== undefined) return this.fail(node.id, `not run, because ${blocked.node} failed`, 0);
    try {
      let rows = 0;
      for (const relation of relationsOf(node)) rows += await this.materialise(relation);
      if (node.type === 'sink') await this.write(node, rows);
      const broken = brokenLaw(node, this.pipeline, this.counts);
      if (broken !== null) this.brokenLaws.push(broken);
      const variable = node.config?.['row_count_variable'];
      if (typeof variable === 'string') await this.session.run(`SET VARIABLE ${quoteIdentifier(variable)} = ${rows}`);
      this.runs.push({ id: node.id, rows, seconds: seconds(), error: null });
    } catch (thrown) {
      this.fail(node.id, messageOf(thrown), seconds());
    }
  }

  private async materialise(relation: { readonly name: string; readonly sql: string }): Promise<number> {
    const name = sqlName(relation.name);
    await this.session.run(`CREATE TEMP TABLE ${name} AS ${relation.sql}`);
    const count = await this.session.query(`SELECT count(*) FROM ${name}`);
    const limit = this.options.sampleRows ?? 0;
    if (limit > 0)
      this.samples.set(relation.name, await this.session.query(`SELECT * FROM ${name} LIMIT ${limit}`, limit));
    const rows = Number(count.rows[0]?.[0] ?? 0);
    this.counts.set(relation.name, rows);
    return rows;
  }

  private async write(node: PipelineNode, rows: number): Promise<void> {
    const table = tableOfSink(node, this.pipeline.tables ?? []);
    const plan = table === null ? null : sinkPlan(node, table);
    if (plan === null) {
      const key = table?.key ?? [];
      throw key.length === 0
        ? new PortolanError('UNSUPPORTED', `${node.id} has no key to update or delete rows by`, {
            hint: 'Declare the primary key of the target',
          })
        : new PortolanError(
            'UNSUPPORTED',
            `${node.id} does not get ${key.join(', ')}, the key that rows are updated by`,
            {
              hint: 'Connect the key of the target',
            },
          );
    }
    const accepted = await this.session.query(`SELECT count(*) FROM ${sqlName(node.id)} WHERE ${plan.accepted}`);
    this.rejected.set(node.id, rows - Number(accepted.rows[0]?.[0] ?? 0));
    for (const statement of plan.statements) await this.session.run(statement);
  }
}

/**
 * Runs `pipeline` in `session`, which should be new. A node that fails, or is not converted, fails alone together with
 * what depends on it. Throws INPUT_INVALID where the pipeline itself is invalid, so that unsafe SQL never runs.
 */
export async function runPipeline(
  pipeline: Pipeline,
  session: SqlSession,
  options: RunOptions = {},
): Promise<PipelineRun> {
  const problems = await inTurns(checkInSteps(pipeline));
  const problem = problems.find((one) => one.severity === 'error');
  if (problem !== undefined)
    throw new PortolanError('INPUT_INVALID', problem.message, {
      hint: 'Validate the pipeline and correct it before running it',
    });
  const runner = new PipelineRunner(pipeline, session, options);
  await runner.prepare();
  await runner.runAll();
  const { counts } = runner;
  const quality = await runQuality(pipeline, { session, counts, sampleRows: failingSampleRows });
  const holds = quality.every((one) => one.status !== 'failed' || one.onFailure === 'warn');
  const ran = runner.brokenLaws.length === 0 && runner.runs.every((run) => run.error === null);
  return {
    status: ran && holds ? 'passed' : 'failed',
    nodes: runner.runs,
    samples: runner.samples,
    counts,
    rejected: runner.rejected,
    brokenLaws: runner.brokenLaws,
    unfit: runner.unfit,
    quality,
  };
}
