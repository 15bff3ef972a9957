import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import fc from 'fast-check';
import { beforeAll, describe, it } from 'vitest';
import { quoteLiteral } from '../../src/engine/core/text.ts';
import { evaluate, type InputRow } from '../../src/engine/expr/alteryx/interpreter/evaluate.ts';
import { toDate, type Value } from '../../src/engine/expr/alteryx/interpreter/value.ts';
import { parseAlteryx } from '../../src/engine/expr/alteryx/parse.ts';
import { toDuckDb } from '../../src/engine/expr/alteryx/to-duckdb.ts';
import { columnTypes, typedEnvironment } from '../golden/expr/alteryx-environment.ts';
import { expectAgreement, rowCount } from './agreement.ts';

/** By family; each is run on every generated row by DuckDB and by the interpreter. */
const families: Readonly<Record<string, readonly string[]>> = {
  'operators and NULL': [
    's = t',
    's != t',
    "s = 'a'",
    "s != 'a'",
    's < t',
    's >= t',
    'i = j',
    'i != j',
    'i < j',
    'i <= j',
    'i >= x',
    'i = Null()',
    's != Null()',
    'i + j',
    'i - j * 2',
    'i * j',
    'i / j',
    'dec / i',
    'x + dec',
    '-i',
    's + t',
    "s + '-' + t",
    "'x' + s",
    'b',
    '!b',
    'b AND i > j',
    'b OR i > j',
    'NOT (i < j)',
    '!(s = t) && i > 0',
    'd = ts',
    'ts < ts2',
    "s IN ('a', 'ab', t)",
    'i NOT IN (1, 2, j)',
  ],
  choices: [
    "IF i > j THEN 'big' ELSE 'small' ENDIF",
    "IF i > 5 THEN 'a' ELSEIF i > 2 THEN 'b' ELSE 'c' ENDIF",
    "IIF(b, 'yes', 'no')",
    'IIF(IsNull(i), 0, i)',
    "Switch(s, 'other', 'a', 'first', 'A', 'second')",
    "Switch(i, 'none', 1, 'one', j, 'same')",
    "Switch(s, 'other', Null(), 'null')",
    'IIF(i > j, i, Null())',
    'Coalesce(i, j, 0)',
    'Coalesce(s, t)',
    'IsNull(s)',
    'IsEmpty(s)',
    '!IsEmpty(s) AND s != t',
    "IF IsEmpty(s) THEN 'none' ELSE s ENDIF",
  ],
  texts: [
    "Contains(s, 'A')",
    "Contains(s, 'A', 0)",
    'Contains(s, t)',
    "StartsWith(s, 'a')",
    "EndsWith(s, 'A')",
    "EndsWith(s, 'a', 0)",
    "FindString(s, 'b')",
    'FindString(s, t)',
    'Substring(s, 0, 2)',
    'Substring(s, 1)',
    'Substring(s, i, j)',
    'Left(s, 2)',
    'Right(s, 2)',
    'Left(s, i)',
    'Right(s, j)',
    'Length(s)',
    'Trim(s)',
    'TrimLeft(s)',
    'TrimRight(s)',
    "Trim(s, 'a')",
    "TrimLeft(s, ' a')",
    'TrimRight(s, t)',
    "PadLeft(s, 5, '0')",
    "PadRight(s, 5, '*')",
    "PadLeft(s, Mod(i, 50), 'x')",
    'Uppercase(s)',
    'Lowercase(s)',
    'ReverseString(s)',
    "Replace(s, 'a', 'xy')",
    "Replace(s, t, '-')",
    "ReplaceFirst(s, 'a', 'Z')",
    "ReplaceChar(s, 'ab', 'x')",
    "ReplaceChar(s, '[]^-', '_')",
    'GetWord(s, 0)',
    'GetWord(s, 1)',
    'CountWords(s)',
    'ToNumber(s)',
    'ToNumber(s, 1, 1)',
    'ToString(i)',
    'ToString(x, 2)',
    'ToString(x, 1, 1)',
    'ToString(d)',
    "REGEX_Match(s, '[a-z]+')",
    "REGEX_Match(s, 'A.*', 0)",
    "REGEX_Replace(s, '(a)(b)', '$2$1')",
    "REGEX_Replace(s, '[0-9]', '#', 0)",
    "REGEX_CountMatches(s, 'a')",
  ],
  numbers: [
    'Abs(i)',
    'Abs(dec)',
    'Ceil(x)',
    'Floor(x)',
    'Ceil(dec)',
    'Round(x, 0.01)',
    'Round(x, 1)',
    'Round(x, 5)',
    'Round(dec, 0.1)',
    'Round(i, 10)',
    'Round(x, 0.25)',
    'Mod(i, j)',
    'Mod(i, 3)',
    'Pow(j, 2)',
    'Sqrt(x)',
    'Log(x)',
    'Log10(dec)',
    'Exp(dec / 1000)',
    'Max(i, j)',
    'Min(i, j, 2)',
    'Max(x, dec)',
    'Bound(i, 1, 10)',
    'BinaryAnd(i, j)',
    'BinaryOr(i, j)',
    'BinaryXor(i, j)',
  ],
  dates: [
    "DateTimeAdd(ts, 1, 'month')",
    "DateTimeAdd(d, j, 'days')",
    "DateTimeAdd(ts, -1, 'year')",
    "DateTimeAdd(ts, 90, 'minutes')",
    "DateTimeAdd(ts, x, 'hours')",
    "DateTimeDiff(ts, ts2, 'days')",
    "DateTimeDiff(ts, ts2, 'hours')",
    "DateTimeDiff(ts, ts2, 'minutes')",
    "DateTimeDiff(ts, ts2, 'seconds')",
    "DateTimeDiff(ts, ts2, 'months')",
    "DateTimeDiff(ts, ts2, 'years')",
    "DateTimeDiff(d, ts, 'days')",
    "DateTimeTrim(ts, 'month')",
    "DateTimeTrim(ts, 'year')",
    "DateTimeTrim(ts, 'day')",
    "DateTimeTrim(ts, 'hour')",
    "DateTimeTrim(ts, 'minute')",
    "DateTimeTrim(ts, 'lastofmonth')",
    "DateTimeTrim(ts, 'firstofmonth')",
    "DateTimeFormat(ts, '%d.%m.%Y %H:%M:%S')",
    "DateTimeFormat(d, '%d %B %y')",
    "DateTimeFormat(ts, '%b %I %p')",
    "DateTimeParse(s, '%Y-%m-%d')",
    "DateTimeParse(s, '%d/%m/%Y')",
    "DateTimeParse(s, '%Y-%m-%d %H:%M:%S')",
    'DateTimeYear(ts)',
    'DateTimeMonth(d)',
    'DateTimeDay(ts)',
    'DateTimeHour(ts)',
    'DateTimeMinute(ts)',
    'DateTimeSecond(ts)',
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
  '2024-02-29',
  '2024-02-30',
  '31/12/2023',
  '2024-02-29 23:59:59',
  '\ta\n',
  'a^b]c',
  "it's",
  'a'.repeat(60),
  'one  two three',
);
const moments = fc.constantFrom(
  '2024-02-29 12:00:00',
  '2023-12-31 23:59:59',
  '2024-01-31 00:00:00',
  '2000-07-01 11:59:59',
  '1999-12-15 23:30:00',
  '2024-03-15 14:05:09',
  '1900-02-28 23:59:59',
  '1970-01-01 00:00:00',
  '1969-12-31 23:59:59',
  '2024-02-15 14:05:08',
  '1582-10-15 06:00:00',
);
const whole = fc
  .constantFrom(-999_999_999, -70_000, -12, -5, -2, -1, 0, 1, 2, 3, 5, 10, 129, 12_345, 999_999_999)
  .map(BigInt);
const real = fc.constantFrom(-2.5, -0.5, 0, 0.5, 1.5, 2.5, 3.25, 12.3456, 12_345.5, -1e6, 1e9);
const row = fc.record({
  s: fc.option(texts, { freq: 6 }),
  t: fc.option(texts, { freq: 6 }),
  i: fc.option(whole, { freq: 8 }),
  j: fc.option(whole, { freq: 8 }),
  dec: fc.option(fc.constantFrom(-2.5, -0.01, 0, 0.5, 0.05, 2.55, 2.5, 5, 12.34, 100, 9_999_999.99), { freq: 8 }),
  x: fc.option(real, { freq: 8 }),
  d: fc.option(
    moments.map((one) => one.slice(0, 10)),
    { freq: 8 },
  ),
  ts: fc.option(moments, { freq: 8 }),
  ts2: fc.option(moments, { freq: 8 }),
  b: fc.option(fc.boolean(), { freq: 4 }),
});
type Row = typeof row extends fc.Arbitrary<infer T> ? T : never;

const rows = fc.sample(row, { numRuns: rowCount, seed: 20_241_121 });
const names = Object.keys(rows[0] ?? {}) as (keyof Row)[];

function inputOf(values: Row): InputRow {
  const value = (name: keyof Row): Value => {
    const one = values[name];
    if (name === 'ts' || name === 'ts2') return toDate(one);
    const date = name === 'd' ? toDate(one) : null;
    return date === null ? (name === 'd' ? null : one) : { ...date, dateOnly: true };
  };
  return new Map(names.map((name) => [name, value(name)]));
}

describe('DuckDB SQL and the reference interpreter of Alteryx', () => {
  let connection: DuckDBConnection;
  const inputs = rows.map(inputOf);

  beforeAll(async () => {
    connection = await (await DuckDBInstance.create(':memory:')).connect();
    const types = new Map(columnTypes.map(([name, , type]) => [name, type]));
    const tuple = (one: Row): string =>
      `(${names.map((name) => (one[name] === null ? 'NULL' : quoteLiteral(String(one[name])))).join(', ')})`;
    await connection.run(
      `CREATE TABLE input AS SELECT row_number() OVER () AS n, ${names.map((name) => `CAST(${name} AS ${types.get(name) ?? ''}) AS ${name}`).join(', ')} FROM (VALUES ${rows.map(tuple).join(', ')}) AS v(${names.join(', ')})`,
    );
  });

  describe.each(Object.entries(families))('%s', (_family, expressions) => {
    it.each(expressions)('agree on rows of boundary values: %s', async (text) => {
      const parsed = parseAlteryx(text);
      if (!parsed.ok) throw new Error(parsed.error.message);
      const results = inputs.map((input) => evaluate(parsed.ast, input));
      await expectAgreement(connection, toDuckDb(parsed.ast, typedEnvironment), rows, results);
    });
  });
});
