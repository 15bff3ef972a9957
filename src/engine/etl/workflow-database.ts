/**
 * The one database in which a workflow runs: what a task writes, later tasks read. Rows are given or generated only for
 * tables that nothing has written before. Variables live as long as the run.
 */
import { PortolanError } from '../../shared/errors.ts';
import { quoteIdentifier, quoteLiteral } from '../core/text.ts';
import { macroSql } from '../expr/duckdb-macros.ts';
import type { SqlRunner, SqlSession } from '../ports/sql-runner.ts';
import { generateRows, loadTable } from '../dataflow/fill-tables.ts';
import type { Pipeline, PipelineTable, TaskStatement, Workflow, WorkflowTask } from '../dataflow/model.ts';
import { createTable, parameterStatements } from '../dataflow/prepare-statements.ts';
import { sqlName, tableRelation } from '../dataflow/sql-name.ts';
import { holds } from '../dataflow/run-statement.ts';
import { rowsOf } from './control/control-rules.ts';
import { tableOfSink } from '../dataflow/sink-statements.ts';
import {
  compareTargets,
  givenTables,
  sessionOptions,
  type ExecuteOptions,
  type GivenTable,
  type PipelineExecution,
  runInSession,
} from './execute-job.ts';
import type { RowComparison } from '../dataflow/compare-rows.ts';
import type { GivenRows } from './given-files.ts';

type RowVariables = readonly { readonly variable: string; readonly column: number }[];
type Writer = Pick<PipelineTable, 'schema' | 'connection'>;

const defaultRunTime = '2024-01-01 00:00:00';
const resultTable = 'task result';
const nameInStatement = /\btgt\.(?:"((?:[^"]|"")+)"|([A-Za-z_]\w*))/g;
const setsVariable = /^SET VARIABLE (?:"((?:[^"]|"")+)"|([A-Za-z_]\w*)) =/;
const writes = /^(?:INSERT INTO|UPDATE|DELETE FROM|MERGE INTO|CREATE TABLE|DROP TABLE)\b/i;

const unquoted = (quoted: string | undefined, plain: string | undefined): string =>
  quoted?.replaceAll('""', '"') ?? plain ?? '';

/** Whether a source can be the table that a target of the same name is: nothing that is known of both differs. */
function isSameTable(source: Writer, target: Writer): boolean {
  const differs = (one: string | undefined, other: string | undefined): boolean =>
    one !== undefined && other !== undefined && one.toLowerCase() !== other.toLowerCase();
  return !differs(source.schema, target.schema) && !differs(source.connection, target.connection);
}

export class WorkflowDatabase {
  private readonly session: SqlSession;
  private readonly pipelines: readonly Pipeline[];
  private readonly options: ExecuteOptions;
  private readonly written = new Map<string, Writer>();
  private readonly variables = new Set<string>();
  private readonly filled = new Set<string>();
  private calls = 0;
  /** What became of the files given, in the order of their use. */
  readonly givenSoFar: GivenTable[] = [];

  private constructor(session: SqlSession, pipelines: readonly Pipeline[], options: ExecuteOptions) {
    this.session = session;
    this.pipelines = pipelines;
    this.options = options;
  }

  /** `pipelines` are all that may run: what they know of tables decides how tables are made. Always `close` it. */
  static async open(
    sql: SqlRunner,
    pipelines: readonly Pipeline[],
    options: ExecuteOptions,
  ): Promise<WorkflowDatabase> {
    const session = await sql.open({ ...sessionOptions(options), onDisk: true });
    await session.run('CREATE SCHEMA src; CREATE SCHEMA tgt');
    return new WorkflowDatabase(session, pipelines, options);
  }

  close(): Promise<void> {
    return this.session.close();
  }

  /** Gives the variables of `workflow` their first values, where they have none yet. */
  async begin(workflow: Workflow): Promise<void> {
    const { parameters: given } = this.options;
    const options = { kept: this.variables, ...(given === undefined ? {} : { given }) };
    for (const statement of parameterStatements(workflow, defaultRunTime, options)) await this.session.run(statement);
    for (const { name } of workflow.parameters ?? []) this.variables.add(name.toLowerCase());
    const macros = macroSql(workflow.macros ?? []);
    if (macros !== '') await this.session.run(macros);
  }

  /**
   * Does `work` with variables of its own: `own` ones have no value at first, and those of `values` have theirs, unless one is
   * given for the run. Afterwards the variables are as they were.
   */
  async withOwn<T>(own: readonly string[], values: WorkflowTask['values'], work: () => Promise<T>): Promise<T> {
    const given = new Set([...(this.options.parameters?.keys() ?? [])].map((name) => name.toLowerCase()));
    const handed = (values ?? []).filter(({ parameter }) => !given.has(parameter.toLowerCase()));
    const names = new Set([...own, ...handed.map(({ parameter }) => parameter)].map((name) => name.toLowerCase()));
    this.calls += 1;
    const [saved, passed] = [`saved ${this.calls} `, `passed ${this.calls} `];
    const before = [...names].filter((name) => this.variables.has(name));
    const copy = (to: string, from: string): Promise<void> =>
      this.session.run(`SET VARIABLE ${quoteIdentifier(to)} = getvariable(${quoteLiteral(from)})`);
    for (const name of before) await copy(saved + name, name);
    for (const { parameter, sql } of handed) {
      await this.provide(sql);
      await this.session.run(`SET VARIABLE ${quoteIdentifier(passed + parameter)} = (${sql})`);
    }
    for (const name of names) this.variables.delete(name);
    for (const { parameter } of handed) {
      await copy(parameter, passed + parameter);
      this.variables.add(parameter.toLowerCase());
    }
    try {
      return await work();
    } finally {
      for (const name of names) this.variables.delete(name);
      for (const name of before) {
        await copy(name, saved + name);
        this.variables.add(name);
      }
    }
  }

  async set(name: string, value: string | number): Promise<void> {
    const sql = typeof value === 'number' ? String(value) : quoteLiteral(value);
    await this.session.run(`SET VARIABLE ${quoteIdentifier(name)} = ${sql}`);
  }

  /** Whether a condition over variables and tables holds; one that is NULL does not. */
  async holds(expression: string): Promise<boolean> {
    await this.provide(expression);
    return holds(this.session, expression);
  }

  /** Runs statements in their order; throws what DuckDB refuses. Gives how many of them were run. */
  async statements(statements: readonly TaskStatement[]): Promise<number> {
    let count = 0;
    for (const { sql, when, result, rows } of statements) {
      if (when !== undefined && !(await this.holds(when))) continue;
      await this.provide(sql);
      if (rows !== undefined) await this.session.run(`CREATE OR REPLACE TABLE ${rowsOf(rows)} AS ${sql}`);
      else if (result === undefined) await this.session.run(sql);
      else await this.take(sql, result);
      count += 1;
      this.remember(sql);
    }
    return count;
  }

  private remember(sql: string): void {
    const [, quoted, plain] = setsVariable.exec(sql) ?? [];
    if (quoted !== undefined || plain !== undefined) this.variables.add(unquoted(quoted, plain).toLowerCase());
    if (!writes.test(sql)) return;
    const [first] = sql.matchAll(nameInStatement);
    if (first !== undefined) this.written.set(unquoted(first[1], first[2]).toLowerCase(), {});
  }

  /** The rows of a query, to be taken into variables one after the other. */
  async each(
    sql: string,
  ): Promise<{ readonly count: number; take(row: number, variables: RowVariables): Promise<void> }> {
    await this.provide(sql);
    this.calls += 1;
    const table = quoteIdentifier(`loop ${this.calls}`);
    await this.session.run(`CREATE TABLE main.${table} AS SELECT row_number() OVER () AS "round", * FROM (${sql})`);
    const { columns } = await this.session.query(`SELECT * FROM main.${table} LIMIT 0`, 1);
    const { rows } = await this.session.query(`SELECT count(*) FROM main.${table}`, 1);
    return {
      count: Number(rows[0]?.[0] ?? 0),
      take: async (row, variables) => {
        for (const { variable, column } of variables) {
          const name = columns[column + 1];
          if (name === undefined)
            throw new PortolanError('INPUT_INVALID', `The rows have no column ${column + 1} for ${variable}`);
          const value = `(SELECT ${quoteIdentifier(name)} FROM main.${table} WHERE "round" = ${row})`;
          await this.session.run(`SET VARIABLE ${quoteIdentifier(variable)} = ${value}`);
          this.variables.add(variable.toLowerCase());
        }
      },
    };
  }

  /** The first row of a query into variables. */
  private async take(sql: string, result: NonNullable<TaskStatement['result']>): Promise<void> {
    const table = quoteIdentifier(resultTable);
    await this.session.run(`CREATE OR REPLACE TEMP TABLE ${table} AS SELECT * FROM (${sql}) LIMIT 1`);
    const { columns, rows } = await this.session.query(`SELECT * FROM ${table}`, 1);
    if (rows.length === 0)
      throw new PortolanError('INPUT_INVALID', 'The query gave no row, and variables take their values from one');
    for (const { variable, column } of result) {
      const name =
        typeof column === 'number'
          ? columns[column]
          : columns.find((one) => one.toLowerCase() === column.toLowerCase());
      if (name === undefined)
        throw new PortolanError('INPUT_INVALID', `The query has no column ${column} for the variable ${variable}`);
      const value = `(SELECT ${quoteIdentifier(name)} FROM ${table})`;
      await this.session.run(`SET VARIABLE ${quoteIdentifier(variable)} = ${value}`);
      this.variables.add(variable.toLowerCase());
    }
  }

  /** Runs a pipeline on what earlier tasks left. */
  async pipeline(pipeline: Pipeline): Promise<PipelineExecution> {
    const complete = { ...pipeline, tables: (pipeline.tables ?? []).map((table) => this.withAllColumns(table)) };
    const given = await this.provideTables(complete.tables, complete);
    const around = pipeline.nodes.flatMap((node) => [...(node.before ?? []), ...(node.after ?? [])]);
    for (const { sql } of around) this.remember(sql);
    const { expected: _atTheEnd, ...options } = this.options;
    const execution = await runInSession(pipeline, this.session, {
      ...options,
      tablesAreReady: true,
      variables: this.variables,
    });
    await this.dropTemporary();
    for (const { name } of pipeline.parameters ?? []) this.variables.add(name.toLowerCase());
    for (const node of pipeline.nodes) {
      const table = node.type === 'sink' ? tableOfSink(node, pipeline.tables ?? []) : null;
      if (table !== null) this.written.set(table.name.toLowerCase(), table);
      const variable = node.config?.['row_count_variable'];
      if (typeof variable === 'string') this.variables.add(variable.toLowerCase());
    }
    return { ...execution, given };
  }

  /** Compares what targets hold now with the rows that are expected of them. */
  async compare(): Promise<readonly RowComparison[]> {
    const { expected, tolerance } = this.options;
    if (expected === undefined) return [];
    const there: PipelineTable[] = [];
    for (const table of this.pipelines.flatMap((one) => one.tables ?? []))
      if (table.role === 'target' && (await this.columnsOf('tgt', table.name)) !== null) there.push(table);
    return compareTargets(this.session, there, { expected, tolerance });
  }

  /** The table with the columns that any pipeline knows of it. */
  private withAllColumns(table: PipelineTable): PipelineTable {
    const columns = [...table.columns];
    const have = new Set(columns.map((one) => one.name.toLowerCase()));
    for (const other of this.pipelines.flatMap((one) => one.tables ?? [])) {
      if (other.role !== table.role || other.name.toLowerCase() !== table.name.toLowerCase()) continue;
      for (const column of other.columns)
        if (have.size < have.add(column.name.toLowerCase()).size) columns.push({ ...column, nullable: true });
    }
    return { ...table, columns };
  }

  /** Makes tables ready for a pipeline, and says what became of their files. */
  private async provideTables(tables: readonly PipelineTable[], pipeline: Pipeline): Promise<readonly GivenTable[]> {
    const given: GivenTable[] = [];
    const empty: PipelineTable[] = [];
    for (const table of tables) {
      if (!(await this.prepare(table))) continue;
      const rows = await this.given(table);
      const unfit = new Map<string, readonly string[]>();
      if (rows?.relation == null) empty.push(table);
      else {
        unfit.set(table.name.toLowerCase(), await loadTable(this.session, table, rows.relation));
        await this.dropObject('main', rows.relation);
      }
      if (rows !== null) given.push(...givenTables(new Map([[table.name.toLowerCase(), rows]]), unfit));
    }
    await generateRows(this.session, pipeline, empty, this.options);
    this.givenSoFar.push(...given);
    return given;
  }

  /** Makes a table, or a view of what was written before. True where it waits for rows. */
  private async prepare(table: PipelineTable): Promise<boolean> {
    const name = table.name.toLowerCase();
    const writer = this.written.get(name);
    if (table.role === 'source' && writer !== undefined && isSameTable(table, writer)) {
      await this.show(table);
      return false;
    }
    const key = `${table.role} ${name}`;
    const columns = await this.columnsOf(table.role === 'source' ? 'src' : 'tgt', table.name);
    if (columns === null) {
      await this.session.run(createTable(table));
      this.filled.delete(key);
    }
    for (const column of columns === null ? [] : table.columns)
      if (columns?.has(column.name.toLowerCase()) === false)
        await this.session.run(`ALTER TABLE ${tableRelation(table)} ADD COLUMN ${sqlName(column.name)} ${column.type}`);
    if (this.filled.has(key) || (table.role === 'target' && writer !== undefined)) return false;
    this.filled.add(key);
    return true;
  }

  private async given(table: PipelineTable): Promise<GivenRows | null> {
    const loaded = await this.options.data?.load(this.session, [table]);
    return loaded?.get(table.name.toLowerCase()) ?? null;
  }

  /** A source that an earlier task wrote: its columns at the types that this pipeline gives them. */
  private async show(table: PipelineTable): Promise<void> {
    const columns = (await this.columnsOf('tgt', table.name)) ?? new Map<string, string>();
    const values = table.columns.map((column) => {
      const own = columns.get(column.name.toLowerCase());
      const value = own === undefined ? 'NULL' : quoteIdentifier(own);
      return `TRY_CAST(${value} AS ${column.type}) AS ${sqlName(column.name)}`;
    });
    if (values.length === 0) values.push('*');
    await this.dropObject('src', table.name);
    this.filled.delete(`source ${table.name.toLowerCase()}`);
    const target = tableRelation({ role: 'target', name: table.name });
    await this.session.run(`CREATE VIEW ${tableRelation(table)} AS SELECT ${values.join(', ')} FROM ${target}`);
  }

  /** Makes the tables that `sql` names and that are not there: as the pipelines know them, or from a given file. */
  private async provide(sql: string): Promise<void> {
    const created = /^CREATE TABLE (?:IF NOT EXISTS )?tgt\.(?:"((?:[^"]|"")+)"|([A-Za-z_]\w*))/i.exec(sql);
    const own = created === null ? null : unquoted(created[1], created[2]).toLowerCase();
    const dropped = /^DROP TABLE IF EXISTS/i.test(sql);
    const names = new Set([...sql.matchAll(nameInStatement)].map((match) => unquoted(match[1], match[2])));
    for (const name of names)
      if (!dropped && name.toLowerCase() !== own && (await this.columnsOf('tgt', name)) === null) await this.make(name);
  }

  private async make(name: string): Promise<void> {
    const known = (role: PipelineTable['role']) =>
      this.pipelines.flatMap((pipeline) =>
        (pipeline.tables ?? [])
          .filter((table) => table.role === role && table.name.toLowerCase() === name.toLowerCase())
          .map((table) => ({ table: this.withAllColumns(table), pipeline })),
      )[0];
    const target = known('target');
    if (target !== undefined) {
      await this.provideTables([target.table], { ...target.pipeline, tables: [target.table] });
      return;
    }
    const relation = tableRelation({ role: 'target', name });
    const source = known('source');
    if (source !== undefined) {
      await this.provideTables([source.table], { ...source.pipeline, tables: [source.table] });
      await this.session.run(`CREATE TABLE ${relation} AS SELECT * FROM ${tableRelation(source.table)}`);
      this.written.set(name.toLowerCase(), {});
      return;
    }
    const given = await this.given({ name, role: 'target', columns: [] });
    if (given?.relation == null)
      throw new PortolanError('INPUT_INVALID', `No pipeline of the workflow knows the table ${name}`, {
        hint: given === null ? `Give its rows with --input ${name}=FILE.` : given.notes.join('; '),
      });
    await this.session.run(`CREATE TABLE ${relation} AS SELECT * FROM ${given.relation}`);
    await this.dropObject('main', given.relation);
    this.givenSoFar.push(...givenTables(new Map([[name.toLowerCase(), given]]), new Map()));
  }

  /** Names of the columns by their lower-cased names; null where there is no such table or view. */
  private async columnsOf(schema: 'src' | 'tgt', table: string): Promise<ReadonlyMap<string, string> | null> {
    const { rows } = await this.session.query(
      `SELECT column_name FROM duckdb_columns() WHERE schema_name = '${schema}' AND lower(table_name) = ${quoteLiteral(table.toLowerCase())}`,
    );
    return rows.length === 0 ? null : new Map(rows.map(([name]) => [String(name).toLowerCase(), String(name)]));
  }

  private async dropObject(schema: string, name: string): Promise<void> {
    const { rows } = await this.session.query(
      `SELECT 'VIEW' FROM duckdb_views() WHERE schema_name = '${schema}' AND lower(view_name) = ${quoteLiteral(name.toLowerCase())}
       UNION ALL SELECT 'TABLE' FROM duckdb_tables() WHERE schema_name = '${schema}' AND lower(table_name) = ${quoteLiteral(name.toLowerCase())}`,
    );
    for (const [kind] of rows) await this.session.run(`DROP ${String(kind)} ${schema}.${quoteIdentifier(name)}`);
  }

  /** What nodes left behind: another pipeline may have nodes of the same names. */
  private async dropTemporary(): Promise<void> {
    const { rows } = await this.session.query('SELECT table_name FROM duckdb_tables() WHERE temporary', 100_000);
    for (const [name] of rows) await this.session.run(`DROP TABLE IF EXISTS temp.${quoteIdentifier(String(name))}`);
  }
}
