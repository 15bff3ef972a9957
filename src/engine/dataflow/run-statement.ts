import type { SqlSession } from '../ports/sql-runner.ts';
import type { TaskStatement } from './model.ts';

/** Whether a condition holds; one that is NULL does not. */
export async function holds(session: SqlSession, condition: string): Promise<boolean> {
  const { rows } = await session.query(`SELECT coalesce(CAST((${condition}) AS BOOLEAN), FALSE)`, 1);
  return rows[0]?.[0] === true;
}

/** Runs a statement where its condition holds. */
export async function runStatement(session: SqlSession, { sql, when }: TaskStatement): Promise<void> {
  if (when === undefined || (await holds(session, when))) await session.run(sql);
}
