import type { TableProfile } from '../../shared/model/profile.ts';
import type { Column, Table } from '../../shared/model/schema.ts';
import { toErrorShape } from '../../shared/errors.ts';
import { quoteIdentifier, quoteLiteral } from '../core/text.ts';
import type { SqlRunner, SqlValue } from '../ports/sql-runner.ts';
import { duckDbType } from '../sql/dialects/duckdb/print-type.ts';

export interface ExpressionPreview {
  readonly rows: readonly { readonly in: readonly (string | null)[]; readonly out: string | null }[];
  /** Rows with a value for which the expression, cast to the target's type, gives none. */
  readonly failures: number;
  readonly tested: number;
  /** DuckDB's message where the expression cannot be run at all. */
  readonly error: string | null;
}

const MAX_SHOWN = 50;

/** Runs an expression on the sample rows of its table, in a database that holds nothing else and reaches nothing. */
export async function previewExpression(
  request: {
    readonly table: Table;
    readonly profile: TableProfile | null;
    /** What is shown beside the result; without any, the result is the same for all rows and shown once. */
    readonly columns: readonly string[];
    readonly expression: string;
    readonly target: Column | null;
  },
  sql: SqlRunner,
): Promise<ExpressionPreview> {
  const { table, profile, columns, expression, target } = request;
  if (profile === null || profile.sample.length === 0) return { rows: [], failures: 0, tested: 0, error: null };
  const session = await sql.open({ readable: [], memoryLimit: '256MB' });
  try {
    await session.run(createSample(table, profile));
    const cast =
      target === null
        ? `CAST((${expression}) AS VARCHAR)`
        : `CAST(TRY_CAST(TRY((${expression})) AS ${duckDbType(target)}) AS VARCHAR)`;
    const given = columns.map((column) => `CAST(${quoteIdentifier(column)} AS VARCHAR)`);
    const { rows } = await session.query(`SELECT ${[...given, cast].join(', ')} FROM sample`);
    const pairs = rows.map((row) => ({ in: row.slice(0, -1).map(textOf), out: textOf(row.at(-1)) }));
    const isGiven = (values: readonly (string | null)[]): boolean =>
      columns.length === 0 || values.some((value) => value !== null && value.trim() !== '');
    const failures = pairs.filter((pair) => isGiven(pair.in) && pair.out === null).length;
    const shown = columns.length === 0 ? 1 : MAX_SHOWN;
    return { rows: pairs.slice(0, shown), failures, tested: pairs.length, error: null };
  } catch (thrown) {
    return { rows: [], failures: 0, tested: 0, error: withoutStatement(toErrorShape(thrown).message) };
  } finally {
    await session.close();
  }
}

/** DuckDB shows the place in the statement that it was given, which is not what the person wrote. */
const withoutStatement = (message: string): string => message.split(/\n\s*LINE \d+:/, 1)[0]?.trimEnd() ?? message;

const textOf = (value: SqlValue | undefined): string | null =>
  value === null || value === undefined ? null : String(value);

/** Sample values are text: each is cast to its column's type, and stays away where it does not fit. */
function createSample(table: Table, profile: TableProfile): string {
  const columns = profile.columns.map(({ name }) => {
    const known = table.columns.find((candidate) => candidate.name.toLowerCase() === name.toLowerCase());
    return { name: known?.name ?? name, type: known === undefined ? 'VARCHAR' : duckDbType(known) };
  });
  const rows = profile.sample.map((row) => `(${columns.map((_column, i) => literal(row[i] ?? null)).join(', ')})`);
  const raw = columns.map((_column, i) => `c${i}`);
  const typed = columns.map(
    ({ name, type }, i) =>
      `${type === 'VARCHAR' ? `c${i}` : `TRY_CAST(nullif(trim(c${i}), '') AS ${type})`} AS ${quoteIdentifier(name)}`,
  );
  return `CREATE TABLE sample AS SELECT ${typed.join(', ')} FROM (VALUES ${rows.join(', ')}) AS raw(${raw.join(', ')});`;
}

const literal = (value: string | null): string =>
  value === null ? 'NULL::VARCHAR' : `${quoteLiteral(value)}::VARCHAR`;
