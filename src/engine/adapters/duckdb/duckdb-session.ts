import { rm } from 'node:fs/promises';
import { basename } from 'node:path';
import type { DuckDBConnection, DuckDBInstance, DuckDBPreparedStatement } from '@duckdb/node-api';
import { PortolanError } from '../../../shared/errors.ts';
import type { SqlRows, SqlSession } from '../../ports/sql-runner.ts';
import { toSqlValue } from './sql-value.ts';
import { staysInside } from './statement-policy.ts';

const defaultRowLimit = 10_000;

export interface SessionParts {
  readonly instance: DuckDBInstance;
  readonly connection: DuckDBConnection;
  /** Spill files; removed on close. */
  readonly temporaryFolder: string;
  readonly readable: readonly string[];
  readonly signal: AbortSignal | undefined;
}

/** A session over an opened and locked database. Statements run one at a time, in the order of the calls. */
export class DuckDbSession implements SqlSession {
  readonly #parts: SessionParts;
  readonly #interrupt = (): void => {
    this.#parts.connection.interrupt();
  };
  #queue: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(parts: SessionParts) {
    this.#parts = parts;
    parts.signal?.addEventListener('abort', this.#interrupt, { once: true });
  }

  run(sql: string): Promise<void> {
    return this.#exclusive(sql, async () => {
      await this.#eachStatement(sql, async (statement) => {
        await statement.run();
      });
    });
  }

  query(sql: string, limit = defaultRowLimit): Promise<SqlRows> {
    return this.#exclusive(sql, async () => {
      let rows: SqlRows | undefined;
      await this.#eachStatement(sql, async (statement, count) => {
        if (count !== 1) throw new PortolanError('INPUT_INVALID', `A query is one statement, not ${count}`);
        const reader = await statement.streamAndReadUntil(Math.max(1, limit));
        rows = {
          columns: reader.columnNames(),
          types: reader.columnTypes().map(String),
          rows: reader
            .getRows()
            .slice(0, limit)
            .map((row) => row.map(toSqlValue)),
        };
      });
      if (rows === undefined) throw new PortolanError('INPUT_INVALID', 'The query is empty');
      return rows;
    });
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#parts.signal?.removeEventListener('abort', this.#interrupt);
    await this.#queue;
    this.#parts.connection.closeSync();
    this.#parts.instance.closeSync();
    await rm(this.#parts.temporaryFolder, { recursive: true, force: true });
  }

  async #eachStatement(
    sql: string,
    use: (statement: DuckDBPreparedStatement, count: number) => Promise<void>,
  ): Promise<void> {
    const statements = await this.#parts.connection.extractStatements(sql);
    for (let index = 0; index < statements.count; index += 1) {
      this.#throwIfCancelled();
      const statement = await statements.prepare(index);
      try {
        if (!staysInside(statement.statementType)) {
          throw new PortolanError('UNSUPPORTED', 'A statement that reaches outside the database is refused', {
            hint: 'COPY, EXPORT, ATTACH, LOAD, INSTALL, PRAGMA, CALL and EXECUTE do not run in the sandbox',
          });
        }
        await use(statement, statements.count);
      } finally {
        statement.destroySync();
      }
    }
  }

  #exclusive<T>(sql: string, work: () => Promise<T>): Promise<T> {
    if (this.#closed) return Promise.reject(new PortolanError('INTERNAL', 'The SQL session is closed'));
    const result = this.#queue.then(async () => {
      this.#throwIfCancelled();
      try {
        return await work();
      } catch (thrown) {
        throw this.#translated(thrown, sql);
      }
    });
    this.#queue = result.catch(() => undefined);
    return result;
  }

  #throwIfCancelled(): void {
    if (this.#parts.signal?.aborted === true) throw new PortolanError('CANCELLED', 'Cancelled');
  }

  #translated(thrown: unknown, sql: string): PortolanError {
    if (thrown instanceof PortolanError) return thrown;
    if (this.#parts.signal?.aborted === true) return new PortolanError('CANCELLED', 'Cancelled', { cause: thrown });
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    if (message.startsWith('Out of Memory Error')) {
      return new PortolanError('UNSUPPORTED', 'The statement needs more memory than the session may use', {
        hint: 'Allow more memory, or give a smaller extract',
        cause: thrown,
      });
    }
    return new PortolanError('INPUT_INVALID', this.#withoutPaths(message), {
      hint: firstCharacters(sql),
      cause: thrown,
    });
  }

  /** Messages name files as the user knows them and never show where this machine keeps them. */
  #withoutPaths(message: string): string {
    let text = message.replaceAll(this.#parts.temporaryFolder, 'the temporary folder');
    for (const path of this.#parts.readable) text = text.replaceAll(path, basename(path));
    return text;
  }
}

function firstCharacters(sql: string): string {
  const line = sql.replaceAll(/\s+/g, ' ').trim();
  return line.length > 160 ? `${line.slice(0, 160)}…` : line;
}
