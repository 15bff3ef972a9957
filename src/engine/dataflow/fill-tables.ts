/** Rows for the raw tables of a pipeline: those of given files, or generated ones. */
import { PortolanError } from '../../shared/errors.ts';
import type { SqlSession } from '../ports/sql-runner.ts';
import { generateStatements } from './generate-rows.ts';
import type { Pipeline, PipelineTable } from './model.ts';
import { sqlName, tableRelation } from './sql-name.ts';

const columnsAtOnce = 20;
const maxExample = 40;

/** Copies `relation` to the raw table: columns by their names, values that do not fit as NULL. Gives what did not fit. */
export async function loadTable(
  session: SqlSession,
  table: PipelineTable,
  relation: string,
): Promise<readonly string[]> {
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
  return unfitValues(session, table, { relation, pairs });
}

type Pairs = readonly { readonly column: PipelineTable['columns'][number]; readonly name: string }[];

async function unfitValues(
  session: SqlSession,
  table: PipelineTable,
  { relation, pairs }: { readonly relation: string; readonly pairs: Pairs },
): Promise<readonly string[]> {
  const typed = pairs.filter(({ column }) => !/^VARCHAR/i.test(column.type));
  const found: string[] = [];
  for (let at = 0; at < typed.length; at += columnsAtOnce) {
    const some = typed.slice(at, at + columnsAtOnce);
    const figures = some.flatMap(({ column, name }) => {
      const text = `CAST(${sqlName(name)} AS VARCHAR)`;
      const unfit = `trim(${text}) <> '' AND TRY_CAST(${sqlName(name)} AS ${column.type}) IS NULL`;
      return [`count(*) FILTER (WHERE ${unfit})`, `min(${text}) FILTER (WHERE ${unfit})`];
    });
    const [row = []] = (await session.query(`SELECT ${figures.join(', ')} FROM ${relation}`)).rows;
    some.forEach(({ column }, index) => {
      const count = Number(row[index * 2] ?? 0);
      const example = String(row[index * 2 + 1]).slice(0, maxExample);
      if (count > 0)
        found.push(
          `${table.name}.${column.name}: ${count === 1 ? '1 value that is' : `${count} values that are`} no ${column.type} became NULL, such as ${example}`,
        );
    });
  }
  return found;
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
