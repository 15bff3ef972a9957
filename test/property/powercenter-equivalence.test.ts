import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import fc from 'fast-check';
import { beforeAll, describe, it } from 'vitest';
import { quoteLiteral } from '../../src/engine/core/text.ts';
import { macroNames, macroSql } from '../../src/engine/expr/duckdb-macros.ts';
import { evaluate, type InputRow } from '../../src/engine/expr/powercenter/interpreter/evaluate.ts';
import type { Value } from '../../src/engine/expr/powercenter/interpreter/value.ts';
import { parsePowerCenter } from '../../src/engine/expr/powercenter/parse.ts';
import { toDuckDb } from '../../src/engine/expr/powercenter/to-duckdb.ts';
import { columnTypes, typedEnvironment } from '../golden/expr/typed-environment.ts';
import { expectAgreement, rowCount } from './agreement.ts';

/** Each is run on every generated row by DuckDB and by the interpreter. */
const expressions = [
  's || s1',
  "s || '-' || i",
  's || dec',
  'i || s || s1',
  'CONCAT(s, CONCAT(i, s1))',
  'i + j * 2',
  'i - (j - 1)',
  'i / j',
  'dec / i',
  'MOD(i, j)',
  '-i + dec',
  's + i',
  'IIF(j = 0, 0, i / j)',
  'IIF(j > 0, i / j, j)',
  'i > j',
  'i = dec',
  's = s1',
  's < s1',
  's = i',
  "i = '5'",
  "NOT (i > j) OR s = 'a'",
  'i > 0 AND ISNULL(s)',
  'd > d1',
  'NOT i',
  "IIF(i > j, 'x')",
  'IIF(i > j, i)',
  'IIF(i > j, d)',
  'IIF(i, s, s1)',
  "IIF(ISNULL(s) OR s = '', 'none', s)",
  'IIF(i > 1, TRUE, 0)',
  "IIF(i > j, IIF(j > 0, 'a', 'b'), IIF(i = j, 'c', 'd'))",
  "DECODE(s, 'a', 1, NULL, 2, s1, 3, 4)",
  "DECODE(i, 1, 'one', j, 'same')",
  "DECODE(TRUE, i > 2, 'big', j > 2, 'middle', 'small')",
  'DECODE(j, 0, 0, i / j)',
  "CHOOSE(i, s, s1, 'c')",
  "IN(s, 'a', 'B', s1)",
  "IN(s, 'A', 'b', 0)",
  'IN(i, 1, j)',
  'SUBSTR(s, i, j)',
  'SUBSTR(s, 2)',
  'SUBSTR(s, -2, 1)',
  'SUBSTR(s, 0, 2)',
  'SUBSTR(dec, 1, 3)',
  'INSTR(s, s1)',
  "INSTR(s, 'a', 1, 2)",
  "INSTR(s, 'a', -1, 1)",
  "INSTR(s, 'a', 2)",
  'LENGTH(s)',
  'LENGTH(dec)',
  'UPPER(s)',
  'LOWER(s1)',
  'REVERSE(s)',
  'INITCAP(s)',
  'LTRIM(s)',
  'RTRIM(s)',
  "LTRIM(RTRIM(s), 'a')",
  'RTRIM(s, s1)',
  'LPAD(s, 4)',
  "RPAD(s, 5, 'xy')",
  "LPAD(i, 6, '0')",
  'LPAD(s, MOD(i, 40), s1)',
  "REPLACECHR(1, s, 'ab', 'x')",
  "REPLACECHR(0, s, 'AB', NULL)",
  "REPLACECHR(1, s, s1, 'y')",
  "REPLACESTR(1, s, 'ab', 'a', '*')",
  "REPLACESTR(0, s, 'A', '')",
  'TO_CHAR(i)',
  'TO_CHAR(dec)',
  'TO_CHAR(d)',
  "TO_CHAR(d, 'YYYY-MM-DD HH24:MI:SS')",
  "TO_CHAR(d, 'DD-Mon-YY HH12:MI PM')",
  "TO_CHAR(d, 'DDD D J Q WW W SSSSS MS')",
  "TO_CHAR(d, 'Day, Month')",
  'TO_INTEGER(s)',
  'TO_INTEGER(dec)',
  'TO_INTEGER(dec, TRUE)',
  'TO_BIGINT(s1)',
  'TO_DECIMAL(s, 1)',
  'TO_FLOAT(s)',
  'IS_NUMBER(s)',
  'IS_SPACES(s)',
  "TO_DATE(s, 'YYYY-MM-DD')",
  "IS_DATE(s, 'YYYY-MM-DD')",
  "IIF(IS_DATE(s, 'YYYY-MM-DD'), TO_DATE(s, 'YYYY-MM-DD'), NULL)",
  "TO_DATE(TO_CHAR(d, 'YYYYMMDD'), 'YYYYMMDD')",
  'ABS(i)',
  'CEIL(dec)',
  'FLOOR(dec)',
  'SIGN(dec)',
  'SQRT(i)',
  'ROUND(dec)',
  'ROUND(dec, 1)',
  'ROUND(i, -1)',
  'TRUNC(dec)',
  'TRUNC(dec, 1)',
  "ADD_TO_DATE(d, 'MM', i)",
  "ADD_TO_DATE(d, 'YYYY', -1)",
  "ADD_TO_DATE(d, 'DD', j)",
  "ADD_TO_DATE(d, 'HH', i)",
  "ADD_TO_DATE(d, 'MI', 90)",
  "DATE_DIFF(d, d1, 'DD')",
  "DATE_DIFF(d, d1, 'MM')",
  "DATE_DIFF(d, d1, 'YYYY')",
  "DATE_DIFF(d, d1, 'HH')",
  'DATE_COMPARE(d, d1)',
  "GET_DATE_PART(d, 'YYYY')",
  "GET_DATE_PART(d, 'MM')",
  "GET_DATE_PART(d, 'DAY')",
  "GET_DATE_PART(d, 'HH')",
  "GET_DATE_PART(d, 'MS')",
  'LAST_DAY(d)',
  'TRUNC(d)',
  "TRUNC(d, 'MM')",
  "TRUNC(d, 'YY')",
  "TRUNC(d, 'HH')",
  'ROUND(d)',
  "ROUND(d, 'MM')",
  "ROUND(d, 'YYYY')",
  "ROUND(d, 'MI')",
  'MAKE_DATE_TIME(i + 2020, j, 30)',
  'GREATEST(i, j, 2)',
  'LEAST(s, s1)',
  'GREATEST(d, d1)',
  "IIF(i > 3, ERROR('too big'), i)",
  "IIF(TO_INTEGER(s) = 0 AND NOT ISNULL(s), SUBSTR(s, 1, 1) || j, 'x')",
];

interface SampleRow {
  readonly s: string | null;
  readonly s1: string | null;
  readonly i: number | null;
  readonly j: number | null;
  readonly dec: number | null;
  readonly d: bigint | null;
  readonly d1: bigint | null;
}

const texts = fc.constantFrom(
  '',
  ' ',
  'a',
  'A',
  'ab',
  'aab',
  ' abc ',
  'Ab1 b-a',
  'éa',
  '12',
  '12.5',
  ' 7x',
  '-3',
  '.5',
  'A12',
  '1e2',
  '1D3',
  '2024-02-29',
  '2024-02-30',
  '2147483648',
  'b',
  '\ta',
  'Ωμέγα Île',
  '日本 語',
  '   ',
  'a'.repeat(60),
  '-2147483649',
  '0001-01-01',
  '9999-12-31',
  'it\'s "x"',
  '[a-b]\\^',
);
const dates = fc.constantFrom(
  '2024-02-29 12:00:00.123456',
  '2023-12-31 23:59:59.999999',
  '2024-01-31 00:00:00',
  '2000-07-01 11:59:59',
  '1999-12-31 23:30:00',
  '2024-03-15 14:05:09.5',
  '2024-02-16 00:00:30',
  '1900-02-28 23:59:59',
  '2000-02-29 00:00:00.000001',
  '1582-10-15 06:00:00',
  '2262-04-11 23:47:16.854775',
  '1970-01-01 00:00:00',
  '1969-12-31 23:59:59.5',
);
const micros = dates.map((text) => {
  const parsed = /^(\d+)-(\d+)-(\d+) (\d+):(\d+):(\d+)\.?(\d*)$/.exec(text);
  const [, year = '', month = '', day = '', hour = '', minute = '', second = '', fraction = ''] = parsed ?? [];
  return BigInt(Date.UTC(+year, +month - 1, +day, +hour, +minute, +second)) * 1000n + BigInt(fraction.padEnd(6, '0'));
});
const numbers = fc.constantFrom(-99_999_999, -12, -5, -2, -1, 0, 1, 2, 3, 5, 10, 12345, 99_999_999);
const decimals = fc.constantFrom(-2.5, -0.01, 0, 0.5, 0.05, 2.55, 2.5, 5, 12.34, 100, 99999.99, -99999.99, 1e9 - 0.01);
const rowArbitrary: fc.Arbitrary<SampleRow> = fc.record({
  s: fc.option(texts, { freq: 6 }),
  s1: fc.option(texts, { freq: 6 }),
  i: fc.option(numbers, { freq: 8 }),
  j: fc.option(numbers, { freq: 8 }),
  dec: fc.option(decimals, { freq: 8 }),
  d: fc.option(micros, { freq: 8 }),
  d1: fc.option(micros, { freq: 8 }),
});

const rows = fc.sample(rowArbitrary, { numRuns: rowCount, seed: 20_241_121 });

function sqlOf(row: SampleRow): string {
  const literal = (value: string | number | bigint | null): string =>
    value === null
      ? 'NULL'
      : typeof value === 'bigint'
        ? `make_timestamp(${value})`
        : typeof value === 'number'
          ? String(value)
          : quoteLiteral(value);
  return `(${[row.s, row.s1, row.i, row.j, row.dec, row.d, row.d1].map(literal).join(', ')})`;
}

function inputOf(row: SampleRow): InputRow {
  const date = (value: bigint | null): Value => (value === null ? null : { micros: value });
  return new Map<string, Value>([
    ['s', row.s],
    ['s1', row.s1],
    ['i', row.i],
    ['j', row.j],
    ['dec', row.dec],
    ['d', date(row.d)],
    ['d1', date(row.d1)],
  ]);
}

describe('DuckDB SQL and the reference interpreter of PowerCenter', () => {
  let connection: DuckDBConnection;

  beforeAll(async () => {
    connection = await (await DuckDBInstance.create(':memory:')).connect();
    await connection.run(macroSql(macroNames));
    const types = new Map(columnTypes);
    const names = ['s', 's1', 'i', 'j', 'dec', 'd', 'd1'];
    const columns = names.map((name) => `CAST(${name} AS ${types.get(name) ?? ''}) AS ${name}`).join(', ');
    await connection.run(
      `CREATE TABLE input AS SELECT row_number() OVER () AS n, ${columns} FROM (VALUES ${rows.map(sqlOf).join(', ')}) AS v(${names.join(', ')})`,
    );
  });

  it.each(expressions)('agree on rows of boundary values: %s', async (text) => {
    const parsed = parsePowerCenter(text);
    if (!parsed.ok) throw new Error(parsed.error.message);
    const results = rows.map((row) => evaluate(parsed.ast, inputOf(row), typedEnvironment));
    await expectAgreement(connection, toDuckDb(parsed.ast, typedEnvironment), rows, results);
  });
});
