/** What an interpreter of a source tool gives, beside what the translated SQL gives, for generated rows. */
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { quoteLiteral } from '../../../src/engine/core/text.ts';
import type { Expr } from '../../../src/engine/expr/ast.ts';
import type { Evaluation, InputRow, Value } from '../../../src/engine/expr/interpreter.ts';
import { expressionLanguages } from '../../../src/engine/expr/languages.ts';
import type { Translation } from '../../../src/engine/expr/translation.ts';
import type { EtlTool } from '../../../src/shared/model/etl.ts';
import { goldenLanguages } from '../../golden/expr/golden-languages.ts';

/** Rows an expression is evaluated on; `PORTOLAN_ROWS=10000` for the long run. */
const rowCount = Number(process.env['PORTOLAN_ROWS'] ?? 300);

/** One text for equal values: numbers to twelve digits, dates as microseconds, Booleans as numbers. */
function textOf(value: Value): string {
  if (value === null) return 'NULL';
  if (typeof value === 'object') return `date ${value.micros}`;
  return typeof value === 'string' ? `text ${value}` : `number ${Number(Number(value).toPrecision(12)) || 0}`;
}

function readValue(type: unknown, value: unknown, bad: unknown): string {
  if (bad === true) return 'REJECTED';
  if (value === null || value === undefined) return 'NULL';
  const text = value as string;
  if (type === 'TIMESTAMP' || type === 'DATE') return `date ${text}`;
  if (type === 'VARCHAR') return `text ${text}`;
  return textOf(type === 'BOOLEAN' ? text === 'true' : Number(text));
}

/** The values of the SQL for the rows `from` to `to` of the table `input`; a row that ends the query is a rejected one. */
async function sqlValues(
  connection: DuckDBConnection,
  translated: Translation,
  [from, to]: readonly [number, number],
): Promise<readonly string[]> {
  const rejected = translated.rowErrors.map((condition) => `coalesce(${condition}, FALSE)`).join(' OR ') || 'FALSE';
  try {
    const reader = await connection.runAndReadAll(
      `SELECT typeof(r), CASE WHEN typeof(r) IN ('TIMESTAMP', 'DATE') THEN CAST(epoch_us(TRY_CAST(CAST(r AS VARCHAR) AS TIMESTAMP)) AS VARCHAR) ELSE CAST(r AS VARCHAR) END, bad
       FROM (SELECT n, CASE WHEN NOT (${rejected}) THEN ${translated.sql} END AS r, ${rejected} AS bad FROM input WHERE n BETWEEN ${from} AND ${to}) ORDER BY n`,
    );
    return reader.getRows().map(([type, value, bad]) => readValue(type, value, bad));
  } catch (thrown) {
    if (from === to) return ['REJECTED'];
    if (/Parser Error|Binder Error|Catalog Error/.test(String(thrown))) throw thrown;
    const middle = Math.floor((from + to) / 2);
    return [
      ...(await sqlValues(connection, translated, [from, middle])),
      ...(await sqlValues(connection, translated, [middle + 1, to])),
    ];
  }
}

/** Expects both to agree on every row that the interpreter has an answer for, and such answers for most rows. */
async function expectAgreement(
  connection: DuckDBConnection,
  translated: Translation,
  rows: readonly unknown[],
  results: readonly Evaluation<Value>[],
): Promise<void> {
  const actual = await sqlValues(connection, translated, [1, rows.length]);
  const differing = results.flatMap((result, index) => {
    if (result.outcome === 'not_interpreted') return [];
    const wanted = result.outcome === 'value' ? textOf(result.value) : 'REJECTED';
    return actual[index] === wanted ? [] : [{ row: rows[index], duckdb: actual[index], interpreter: wanted }];
  });
  expect(differing.slice(0, 3)).toEqual([]);
  expect(results.filter((result) => result.outcome !== 'not_interpreted').length).toBeGreaterThan(rows.length * 0.5);
}

/** A generated row: texts, numbers and Booleans, with dates as ISO text. */
type Row = Readonly<Record<string, string | number | bigint | boolean | null>>;

export interface Equivalence {
  /** Expressions by family; each is run on every generated row by DuckDB and by the interpreter. */
  readonly families: Readonly<Record<string, readonly string[]>>;
  readonly row: fc.Arbitrary<Row>;
  /** The value of a column as the interpreter takes it. */
  readonly valueOf: (name: string, value: Row[string]) => Value;
  readonly evaluate: (ast: Expr, row: InputRow<Value>) => Evaluation<Value>;
}

/** Declares the tests that the SQL of a tool's expressions and its reference interpreter agree. */
export function describeEquivalence(tool: EtlTool, { families, row, valueOf, evaluate }: Equivalence): void {
  const rows = fc.sample(row, { numRuns: rowCount, seed: 20_241_121 });
  const names = Object.keys(rows[0] ?? {});
  const inputs = rows.map((one) => new Map(names.map((name) => [name, valueOf(name, one[name] ?? null)])));
  const { columns, setUp, toDuckDb } = goldenLanguages[tool];

  describe(`DuckDB SQL and the reference interpreter of ${tool}`, () => {
    let connection: DuckDBConnection;

    beforeAll(async () => {
      connection = await (await DuckDBInstance.create(':memory:')).connect();
      for (const statement of setUp) await connection.run(statement);
      const types = new Map(columns);
      const casts = names.map((name) => `CAST(${name} AS ${types.get(name) ?? ''}) AS ${name}`).join(', ');
      const literal = (value: Row[string]): string => (value === null ? 'NULL' : quoteLiteral(String(value)));
      const tuples = rows.map((one) => `(${names.map((name) => literal(one[name] ?? null)).join(', ')})`).join(', ');
      await connection.run(
        `CREATE TABLE input AS SELECT row_number() OVER () AS n, ${casts} FROM (VALUES ${tuples}) AS v(${names.join(', ')})`,
      );
    });

    describe.each(Object.entries(families))('%s', (_family, expressions) => {
      it.each(expressions)('agree on rows of boundary values: %s', async (text) => {
        const parsed = expressionLanguages[tool].parse(text);
        if (!parsed.ok) throw new Error(parsed.error.message);
        const results = inputs.map((input) => evaluate(parsed.ast, input));
        await expectAgreement(connection, toDuckDb('typed', parsed.ast, 'call'), rows, results);
      });
    });
  });
}
