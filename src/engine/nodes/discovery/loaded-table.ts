import type { Table } from '../../../shared/model/schema.ts';
import { quoteIdentifier } from '../../core/text.ts';
import type { SqlSession } from '../../ports/sql-runner.ts';

/** Rows that stand for all of a table: every one of them, or every n-th. */
export interface RowSample {
  /** What to select from. */
  readonly from: string;
  /** How many rows of the table one of the sample stands for. */
  readonly every: number;
}

/** A table whose rows can be queried in the session's database. */
export interface LoadedTable {
  readonly table: Table;
  /** Quoted name of the table in DuckDB. */
  readonly sqlName: string;
  /** The file that the rows come from, as the user knows it. */
  readonly file: string;
}

/** A column of the schema that the loaded data has, whatever the case of its name there. */
export interface DataColumn {
  readonly name: string;
  /** Quoted name in DuckDB. */
  readonly sql: string;
  /** The value as text, whatever DuckDB's type. */
  readonly text: string;
  readonly dataType: string;
}

/** The columns of `table` that are in the data, in schema order. */
export async function dataColumns(session: SqlSession, loaded: LoadedTable): Promise<readonly DataColumn[]> {
  const described = await session.query(`DESCRIBE ${loaded.sqlName}`);
  const present = new Map(described.rows.map((row) => [String(row[0]).toLowerCase(), row] as const));
  const columns: DataColumn[] = [];
  for (const column of loaded.table.columns) {
    const row = present.get(column.name.toLowerCase());
    if (row === undefined) continue;
    const sql = quoteIdentifier(String(row[0]));
    const dataType = String(row[1]);
    columns.push({ name: column.name, sql, dataType, text: dataType === 'VARCHAR' ? sql : `CAST(${sql} AS VARCHAR)` });
  }
  return columns;
}

/** A figure that DuckDB counted. */
export function figure(value: unknown): number {
  return value === null || value === undefined ? 0 : Number(value);
}
