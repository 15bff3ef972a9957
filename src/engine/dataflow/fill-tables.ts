/** Rows for the raw tables of a pipeline: those of given files, or generated ones. */
import { PortolanError } from '../../shared/errors.ts';
import type { SqlSession } from '../ports/sql-runner.ts';
import { generateStatements } from './generate-rows.ts';
import type { Pipeline, PipelineTable } from './model.ts';
import { sqlName, tableRelation } from './sql-name.ts';

/** Copies `relation` to the raw table: columns by their names, values that do not fit as NULL. */
export async function loadTable(session: SqlSession, table: PipelineTable, relation: string): Promise<void> {
  const have = (await session.query(`SELECT * FROM ${relation} LIMIT 0`)).columns;
  const pairs = table.columns.flatMap((column) => {
    const name = have.find((one) => one.toLowerCase() === column.name.toLowerCase());
    return name === undefined ? [] : [{ column, name }];
  });
  if (pairs.length === 0)
    throw new PortolanError('INPUT_INVALID', `The data for ${table.name} has none of its columns`, {
      hint: `Expected ${table.columns.map((one) => one.name).join(', ')}`,
    });
  const values = pairs.map(({ column, name }) => `TRY_CAST(${sqlName(name)} AS ${column.type})`);
  await session.run(
    `INSERT INTO ${tableRelation(table)} (${pairs.map(({ column }) => sqlName(column.name)).join(', ')}) SELECT ${values.join(', ')} FROM ${relation}`,
  );
}

/** Fills `tables` of `pipeline`, which are empty, with generated rows where the pipeline reads what they hold. */
export async function generateRows(
  session: SqlSession,
  pipeline: Pipeline,
  tables: readonly PipelineTable[],
  { generate = 0, seed = 1 }: { readonly generate?: number; readonly seed?: number },
): Promise<void> {
  if (generate <= 0 || tables.length === 0) return;
  const wanted = new Set(tables.map(tableRelation));
  for (const { table, sql } of generateStatements(pipeline, generate, seed))
    if (wanted.has(table)) await session.run(sql);
}
