import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import fc from 'fast-check';
import { beforeAll, describe, it } from 'vitest';
import { quoteLiteral } from '../../src/engine/core/text.ts';
import { macroNames, macroSql } from '../../src/engine/expr/duckdb-macros.ts';
import { evaluate, type InputRow } from '../../src/engine/expr/ssis/interpreter/evaluate.ts';
import { dateOf, type Value } from '../../src/engine/expr/ssis/interpreter/value.ts';
import { parseSsisExpression } from '../../src/engine/expr/ssis/parse.ts';
import { toDuckDb } from '../../src/engine/expr/ssis/to-duckdb.ts';
import { ssisColumns, ssisTyped } from '../golden/expr/ssis-environment.ts';
import { expectAgreement, rowCount } from './agreement.ts';

/** By family; each is run on every generated row by DuckDB and by the interpreter. */
const families: Readonly<Record<string, readonly string[]>> = {
  'operators and NULL': [
    's + s1',
    '"<" + s + ">" + s1',
    'i + j',
    'i - (j - 1)',
    'i * j',
    'i / j',
    'i / j * j',
    'i % j',
    'dec / i',
    'dec + rate',
    'dbl * 2.5',
    '-i',
    '-dec + i',
    'i / 2',
    'i > j',
    'i == j',
    'dec >= rate',
    'i != dbl',
    's == s1',
    's < s1',
    's != "a"',
    'd > d1',
    'd == d1',
    'flag && i > j',
    'flag || i > j',
    '!flag',
    '!(i > j) || ISNULL(s)',
    'ISNULL(s) && ISNULL(i)',
    'i > 0 && 100 / i > 7',
    'i == 0 || 100 / i > 7',
  ],
  choices: [
    'i > j ? "big" : "small"',
    'flag ? i : j',
    'ISNULL(s) ? "none" : s',
    'i == 0 ? 0 : 100 / i',
    'i > 2 ? (j > 2 ? "a" : "b") : "c"',
    'flag ? NULL(DT_I4) : i',
    'REPLACENULL(s, "none")',
    'REPLACENULL(i, 0) + REPLACENULL(j, 0)',
    'REPLACENULL(d, d1)',
    'ISNULL(i) || i < 0 ? "?" : (DT_WSTR,12)i',
  ],
  casts: [
    '(DT_WSTR,3)s',
    '(DT_STR,2,1252)s',
    '(DT_WSTR,12)i',
    '(DT_WSTR,2)i',
    '(DT_WSTR,20)dec',
    '(DT_WSTR,5)flag',
    '(DT_WSTR,30)d',
    '(DT_WSTR,10)d',
    '(DT_WSTR,30)dd',
    '(DT_I4)s',
    '(DT_I2)i',
    '(DT_I1)i',
    '(DT_I4)dec',
    '(DT_I4)dbl',
    '(DT_I8)i',
    '(DT_R8)s',
    '(DT_R8)i / 2',
    '(DT_NUMERIC,10,2)s',
    '(DT_NUMERIC,4,2)dec',
    '(DT_DECIMAL,2)i',
    '(DT_BOOL)i',
    '(DT_BOOL)s',
    '(DT_DBTIMESTAMP)s',
    '(DT_DBDATE)s',
    '(DT_DBDATE)d',
    '(DT_DBTIMESTAMP)dd',
    '(DT_WSTR,4)YEAR(d) + "-" + RIGHT("0" + (DT_WSTR,2)MONTH(d), 2)',
  ],
  texts: [
    'LEN(s)',
    'LOWER(s)',
    'UPPER(s)',
    'LTRIM(s)',
    'RTRIM(s)',
    'TRIM(s)',
    'REVERSE(s)',
    'SUBSTRING(s, 2, 3)',
    'SUBSTRING(s, i, j)',
    'LEFT(s, 2)',
    'RIGHT(s, 2)',
    'LEFT(s, i)',
    'RIGHT(s, i)',
    'FINDSTRING(s, "a", 1)',
    'FINDSTRING(s, "a", 2)',
    'FINDSTRING(s, s1, 1)',
    'FINDSTRING(s, "b", i)',
    'REPLACE(s, "a", "xy")',
    'REPLACE(s, s1, "-")',
    'REPLICATE(s, 2)',
    'REPLICATE(s, i)',
    'TOKEN(s, " -", 1)',
    'TOKEN(s, " -", 2)',
    'TOKEN(s, "^]b", i)',
    'TOKENCOUNT(s, " -")',
    'CODEPOINT(s)',
    'UPPER(LEFT(s, 1)) + LOWER(SUBSTRING(s, 2, 50))',
    'LEN(TRIM(s)) == 0 ? NULL(DT_WSTR,10) : TRIM(s)',
  ],
  numbers: [
    'ABS(i)',
    'ABS(dec)',
    'CEILING(dec)',
    'FLOOR(dec)',
    'CEILING(dbl)',
    'FLOOR(dbl)',
    'ROUND(dec, 1)',
    'ROUND(dec, 0)',
    'ROUND(dbl, 1)',
    'SIGN(i)',
    'SIGN(dec)',
    'SQUARE(j)',
    'SQRT(i)',
    'SQRT(dec)',
    'LN(dec)',
    'LOG(i)',
    'EXP(j % 10)',
    'POWER(j, 2)',
    'HEX(i)',
    'i & j',
    'i | j',
    'i ^ j',
    '~i',
  ],
  dates: [
    'YEAR(d)',
    'MONTH(d)',
    'DAY(d)',
    'DATEPART("quarter", d)',
    'DATEPART("dayofyear", d)',
    'DATEPART("week", d)',
    'DATEPART("dw", d)',
    'DATEPART("hh", d)',
    'DATEPART("mi", d)',
    'DATEPART("ss", d)',
    'DATEADD("month", j, d)',
    'DATEADD("yy", -1, d)',
    'DATEADD("dd", j, d)',
    'DATEADD("quarter", 1, d)',
    'DATEADD("week", j % 1000, d)',
    'DATEADD("hour", j, d)',
    'DATEADD("minute", 90, d)',
    'DATEADD("ss", -1, d)',
    'DATEADD("month", 1, dd)',
    'DATEDIFF("year", d, d1)',
    'DATEDIFF("quarter", d, d1)',
    'DATEDIFF("month", d, d1)',
    'DATEDIFF("week", d, d1)',
    'DATEDIFF("day", d, d1)',
    'DATEDIFF("hour", d, d1)',
    'DATEDIFF("dw", d, d1)',
  ],
};

const texts = fc.constantFrom(
  '',
  ' ',
  '   ',
  'a',
  'A',
  'ab',
  'aab',
  ' abc ',
  'Ab1 b-a',
  'éÀ ñ',
  'Ωμέγα',
  '日本 語',
  '12',
  '12.50',
  ' 7 ',
  '-3',
  'A12',
  'true',
  'False',
  '2024-02-29',
  '2024-02-30',
  '2024-02-29 23:59:59',
  '2147483648',
  '\ta',
  'a^b]c',
  "it's",
  'a'.repeat(60),
);
const dates = fc.constantFrom(
  '2024-02-29 12:00:00.123456',
  '2023-12-31 23:59:59.999999',
  '2024-01-31 00:00:00',
  '2000-07-01 11:59:59',
  '1999-12-31 23:30:00',
  '2024-03-15 14:05:09.5',
  '2024-03-17 00:00:00',
  '1900-02-28 23:59:59',
  '1970-01-01 00:00:00',
  '1969-12-31 23:59:59',
  '2079-06-06 23:59:00',
);
const integers = fc.constantFrom(
  -2_147_483_648,
  -70_000,
  -12,
  -5,
  -2,
  -1,
  0,
  1,
  2,
  3,
  5,
  10,
  129,
  12_345,
  2_147_483_647,
);
const whole = integers.map(BigInt);
const row = fc.record({
  s: fc.option(texts, { freq: 6 }),
  s1: fc.option(texts, { freq: 6 }),
  i: fc.option(whole, { freq: 8 }),
  j: fc.option(whole, { freq: 8 }),
  dec: fc.option(fc.constantFrom(-2.5, -0.01, 0, 0.5, 0.05, 2.55, 2.5, 5, 12.34, 100, 9_999_999.99), { freq: 8 }),
  rate: fc.option(fc.constantFrom(-0.0001, 0, 0.5, 2.5, 12.34, 99_999.9999), { freq: 8 }),
  dbl: fc.option(fc.constantFrom(-2.5, -0.5, 0, 0.5, 1.5, 2.5, 3.25, 12_345.5, 1e10, -1e10), { freq: 8 }),
  d: fc.option(dates, { freq: 8 }),
  d1: fc.option(dates, { freq: 8 }),
  dd: fc.option(dates, { freq: 8 }),
  flag: fc.option(fc.boolean(), { freq: 4 }),
});
type Row = typeof row extends fc.Arbitrary<infer T> ? T : never;

const rows = fc.sample(row, { numRuns: rowCount, seed: 20_241_121 });
const names = Object.keys(rows[0] ?? {}) as (keyof Row)[];

function inputOf(values: Row): InputRow {
  const value = (name: keyof Row): Value => {
    const one = values[name];
    return (name === 'd' || name === 'd1' || name === 'dd') && typeof one === 'string'
      ? dateOf(one, name === 'dd')
      : one;
  };
  return new Map(names.map((name) => [name, value(name)]));
}

describe('DuckDB SQL and the reference interpreter of SSIS', () => {
  let connection: DuckDBConnection;
  const inputs = rows.map(inputOf);

  beforeAll(async () => {
    connection = await (await DuckDBInstance.create(':memory:')).connect();
    await connection.run(macroSql(macroNames));
    const types = new Map(ssisColumns);
    const tuple = (one: Row): string =>
      `(${names.map((name) => (one[name] === null ? 'NULL' : quoteLiteral(String(one[name])))).join(', ')})`;
    await connection.run(
      `CREATE TABLE input AS SELECT row_number() OVER () AS n, ${names.map((name) => `CAST(${name} AS ${types.get(name) ?? ''}) AS ${name}`).join(', ')} FROM (VALUES ${rows.map(tuple).join(', ')}) AS v(${names.join(', ')})`,
    );
  });

  describe.each(Object.entries(families))('%s', (_family, expressions) => {
    it.each(expressions)('agree on rows of boundary values: %s', async (text) => {
      const parsed = parseSsisExpression(text);
      if (!parsed.ok) throw new Error(parsed.error.message);
      const results = inputs.map((input) => evaluate(parsed.ast, input));
      await expectAgreement(connection, toDuckDb(parsed.ast, ssisTyped), rows, results);
    });
  });
});
