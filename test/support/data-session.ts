/** Real DuckDB sessions over files that a test writes. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDuckDbRunner } from '../../src/engine/adapters/duckdb/duckdb-runner.ts';
import { nodeDataFiles } from '../../src/engine/adapters/duckdb/node-data-files.ts';
import type { PreparedDataFile } from '../../src/engine/ports/data-files.ts';
import type { SqlSession } from '../../src/engine/ports/sql-runner.ts';
import type { Column, Table } from '../../src/shared/model/schema.ts';
import { column, table } from './builders.ts';

/** Writes `content` to a file called `name`, prepares it and opens a session that may read it; all of it is removed afterwards. */
export async function withDataFile<T>(
  name: string,
  content: string | Uint8Array,
  use: (session: SqlSession, prepared: PreparedDataFile) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'portolan-test-'));
  const path = join(folder, name);
  await writeFile(path, content);
  const prepared = await nodeDataFiles.prepare(path, name);
  const session = await createDuckDbRunner().open({ readable: [prepared.path] });
  try {
    return await use(session, prepared);
  } finally {
    await session.close();
    await prepared.dispose();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Runs `sql` in a session that may read nothing, then `use`. */
export async function withTables<T>(sql: string, use: (session: SqlSession) => Promise<T>): Promise<T> {
  const session = await createDuckDbRunner().open({ readable: [] });
  try {
    await session.run(sql);
    return await use(session);
  } finally {
    await session.close();
  }
}

/** A column with everything else at its most ordinary. */
export const aColumn = (name: string, more: Partial<Column> = {}): Column =>
  column(name, { rawType: 'VARCHAR', length: null, ...more });

/** A table of those columns with everything else empty. */
export const aTable = (name: string, columns: readonly Column[], more: Partial<Table> = {}): Table =>
  table(name, columns, { line: null, ...more });
