import { toErrorShape } from '../../../shared/errors.ts';
import type { SqlArtifacts, SqlRun, SqlStatement } from '../../../shared/model/artifacts.ts';
import type { SqlSession } from '../../ports/sql-runner.ts';

/**
 * Runs the generated SQL in a sandbox: creates, then `load` (which fills `legacy` with the imported data), then loads and
 * checks. A failed statement is recorded with DuckDB's message and the others still run. The rollback is tried last.
 */
export async function runSql(
  artifacts: Pick<SqlArtifacts, 'statements'>,
  session: SqlSession,
  fillLegacy: () => Promise<void>,
  onStep: (done: number, total: number, name: string) => void,
): Promise<readonly SqlRun[]> {
  const steps = (['create', 'load', 'check', 'rollback'] as const).map((kind) =>
    artifacts.statements.filter((statement) => statement.kind === kind),
  );
  const total = artifacts.statements.length;
  const runs: SqlRun[] = [];
  for (const [i, statements] of steps.entries()) {
    if (i === 1) await fillLegacy();
    for (const statement of statements) {
      onStep(runs.length, total, statement.name);
      runs.push(await runStatement(statement, session));
    }
  }
  return runs;
}

async function runStatement(statement: SqlStatement, session: SqlSession): Promise<SqlRun> {
  const base = { name: statement.name, kind: statement.kind };
  try {
    if (statement.kind === 'check') {
      const { rows } = await session.query(statement.sql);
      return { ...base, status: 'passed', rows: Number(rows[0]?.[0] ?? 0), detail: null };
    }
    await session.run(statement.sql);
    return { ...base, status: 'passed', rows: null, detail: null };
  } catch (thrown) {
    const error = toErrorShape(thrown);
    if (error.code === 'CANCELLED') throw thrown;
    return { ...base, status: 'failed', rows: null, detail: error.message };
  }
}
