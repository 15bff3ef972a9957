import { readFileSync, writeFileSync } from 'node:fs';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { beforeAll, describe, expect, it } from 'vitest';
import { macroNames, macroSql } from '../../../src/engine/expr/duckdb-macros.ts';
import { parseDataStageExpression } from '../../../src/engine/expr/datastage/parse.ts';
import { dataStageToDuckDb } from '../../../src/engine/expr/datastage/to-duckdb.ts';
import { translateExpression } from '../../../src/engine/expr/languages.ts';
import type { Translation } from '../../../src/engine/expr/translation.ts';
import { columnTypes, typedEnvironment, typedTable } from './typed-environment.ts';

/** Lines `expression TAB SQL`; `UPDATE=1` writes the SQL anew. */
const file = new URL('./datastage.tsv', import.meta.url);

function translated(expression: string): Translation {
  const parsed = parseDataStageExpression(expression);
  if (!parsed.ok) throw new Error(`${expression}: ${parsed.error.message}`);
  return dataStageToDuckDb(parsed.ast, typedEnvironment);
}

const readLines = (): readonly string[] => readFileSync(file, 'utf8').trimEnd().split('\n');

if (process.env['UPDATE'] === '1') {
  const written = readLines().map((line) => {
    const [expression = ''] = line.split('\t');
    return line.startsWith('//') ? line : `${expression}\t${translated(expression).sql}`;
  });
  writeFileSync(file, `${written.join('\n')}\n`);
}

const cases = readLines()
  .filter((line) => !line.startsWith('//'))
  .map((line) => line.split('\t'));

describe('golden DataStage expressions', () => {
  let connection: DuckDBConnection;

  beforeAll(async () => {
    connection = await (await DuckDBInstance.create(':memory:')).connect();
    await connection.run(macroSql(macroNames));
    await connection.run(typedTable);
    await connection.run(`INSERT INTO typed SELECT ${['1', ...columnTypes.map(([, type]) => `CAST(NULL AS ${type})`)].join(', ')}`);
  });

  it('are at least 150', () => {
    expect(cases.length).toBeGreaterThanOrEqual(150);
  });

  it.each(cases)('%s has the expected SQL', (expression = '', sql = '') => {
    expect(translated(expression).sql).toBe(sql);
  });

  const supported = cases.filter(([expression = '']) => translated(expression).unsupported.length === 0);
  it.each(supported)('%s runs in DuckDB', async (expression = '') => {
    const rows = await connection.runAndReadAll(`SELECT ${translated(expression).sql} AS result FROM typed`);
    expect(rows.columnCount).toBe(1);
  });

  const unsupported = cases.filter((line) => !supported.includes(line));
  it.each(unsupported)('%s says that it has no translation and fails when it is run', async (expression = '') => {
    const { sql, confidence, warnings } = translated(expression);
    expect(confidence).toBeLessThanOrEqual(0.5);
    expect(warnings).not.toEqual([]);
    await expect(connection.runAndReadAll(`SELECT ${sql} AS result FROM typed`)).rejects.toThrow(/Error/);
  });
});

describe('values of DataStage expressions', () => {
  let connection: DuckDBConnection;

  beforeAll(async () => {
    connection = await (await DuckDBInstance.create(':memory:')).connect();
    await connection.run("SET VARIABLE run_ts = TIMESTAMP '2024-05-06 07:08:09'");
  });

  it.each([
    ['Trim("  a   b ")', 'a b'],
    ['Trim("..a..b..", ".")', 'a.b'],
    ['Trim("..a..b..", ".", "B")', 'a..b'],
    ['Trim("..a..b..", ".", "A")', 'ab'],
    ['Trim("..a", ".", "L")', 'a'],
    ['TrimB("a  ")', 'a'],
    ['TrimF("  a")', 'a'],
    ['"abcdef"[2,3]', 'bcd'],
    ['"abcdef"[0,2]', 'ab'],
    ['"abcdef"[2,-1]', ''],
    ['"abcdef"[2]', 'ef'],
    ['Field("a,b,c", ",", 2)', 'b'],
    ['Field("a,b,c", ",", 9)', ''],
    ['Field("a,b,c,d", ",", 2, 2)', 'b,c'],
    ['Convert("ab", "x", "cabbage")', 'cxxge'],
    ['Ereplace("a-b-c", "-", "+")', 'a+b+c'],
    ['Count("banana", "an")', '2'],
    ['DCount("a,b,c", ",")', '3'],
    ['DCount("", ",")', '0'],
    ['Index("banana", "an", 2)', '4'],
    ['Index("banana", "x", 1)', '0'],
    ['Left("abc", 2) : Right("abc", 1)', 'abc'],
    ['Str("ab", 3)', 'ababab'],
    ['Len(Space(3))', '3'],
    ['PadString("a", "*", 2)', 'a**'],
    ['AlNum("ab1")', '1'],
    ['Alpha("ab1")', '0'],
    ['Num("-1.5")', '1'],
    ['Num("1x")', '0'],
    ['Compare("a", "b")', '-1'],
    ['If 1 = 2 Then "x" Else If 2 = 2 Then "y" Else "z"', 'y'],
    ['If IsNull(SetNull()) Then 1 Else 2', '1'],
    ['NullToZero(SetNull())', '0'],
    ['NullToEmpty(SetNull()) : "a"', 'a'],
    ['"a" : SetNull()', null],
    ['2 + 3 * 4', '14'],
    ['2 ** 3 ^ 2', '64.0'],
    ['7 / 2', '3.5'],
    ['Mod(-7, 3)', '-1'],
    ['Div(-7, 2)', '-3'],
    ['Int(-2.7)', '-2'],
    ['Ceil(2.1) + Floor(2.9)', '5'],
    ['Max(1, SetNull())', null],
    ['"12" + 1', '13'],
    ['"ABC123" Matches "3A3N"', 'true'],
    ['"ABC12" Matches "3A3N"', 'false'],
    ['"AB-12" Matches "2A\'-\'2N"', 'true'],
    ['DaysSinceFromDate("2024-03-01", "2024-02-01")', '29'],
    ['WeekdayFromDate("2024-05-05")', '0'],
    ['WeekdayFromDate("2024-05-05", "monday")', '6'],
    ['NextWeekdayFromDate("2024-05-05", "sunday")', '2024-05-12'],
    ['PreviousWeekdayFromDate("2024-05-05", "monday")', '2024-04-29'],
    ['DaysInMonth("2024-02-10")', '29'],
    ['DaysInYear("2023-02-10")', '365'],
    ['JulianDayFromDate("1970-01-01")', '2440588'],
    ['DateToString(StringToDate("05/06/2024", "%mm/%dd/%yyyy"), "%dd.%mm.%yy")', '06.05.24'],
    ['StringToDate("2024-13-01")', null],
    ['TimestampToString(CurrentTimestamp(), "%yyyy%mm%dd %hh:%nn:%ss")', '20240506 07:08:09'],
    ['IsValid("int32", "12a")', '0'],
    ['IsValid("date", "2024-02-29")', '1'],
    ['IsValid("date", "2023-02-29")', '0'],
    ['Oconv(0, "D-YMD[4,2,2]")', '1967-12-31'],
    ['Iconv("1968-01-01", "D-YMD[4,2,2]")', '1'],
    ['Oconv("abc", "MCU")', 'ABC'],
    ['Oconv(12345, "MD2")', '123.45'],
    ['CurrentDate()', '2024-05-06'],
    ['SecondsSinceFromTimestamp("2024-01-01 00:01:00", "2024-01-01 00:00:00")', '60.0'],
    ['MidnightSecondsFromTime("01:00:00")', '3600.0'],
    ['Not(1 = 1)', 'false'],
    ['1 # 2 And 1 <= 1', 'true'],
    ['Seq("A")', '65'],
    ['Char(65)', 'A'],
    ['Trim("  a  ", " ", "T")', '  a'],
    ['TrimLeadingTrailing("  a  b ")', 'a  b'],
    ['CompactWhiteSpace("a  b")', 'a b'],
    ['StripWhiteSpace(" a b ")', 'ab'],
    ['UpCase("aé")', 'AÉ'],
    ['DownCase("AÉ")', 'aé'],
    ['Len("日本")', '2'],
    ['Len("")', '0'],
    ['Left("abc", 9)', 'abc'],
    ['Right("abc", 2)', 'bc'],
    ['"abc"[1,1]', 'a'],
    ['"abc"[9,1]', ''],
    ['"a" : 1 : "b"', 'a1b'],
    ['"a" : ""', 'a'],
    ['Str("a", 0)', ''],
    ['Space(2) : "x"', '  x'],
    ['Count("banana", "x")', '0'],
    ['DCount("abc", ",")', '1'],
    ['Field("a,b,c", ",", 1)', 'a'],
    ['Field("abc", ",", 1)', 'abc'],
    ['Index("banana", "a", 3)', '6'],
    ['Convert("abc", "", "aXbYc")', 'XY'],
    ['Convert("-", "/", "2024-01-02")', '2024/01/02'],
    ['Change("aaa", "a", "b")', 'bbb'],
    ['Ereplace("a-b-c", "-", "")', 'abc'],
    ['AlNum("a b")', '0'],
    ['Alpha("abc")', '1'],
    ['Num("12")', '1'],
    ['Num("")', '0'],
    ['Compare("b", "a")', '1'],
    ['Compare("a", "a")', '0'],
    ['CompareNoCase("ABC", "abc")', '0'],
    ['SQuote("a")', "'a'"],
    ['DQuote("a")', '"a"'],
    ['IsNotNull(SetNull())', 'false'],
    ['IsNull("a")', 'false'],
    ['NullToValue(SetNull(), 5)', '5'],
    ['NullToZero(7)', '7'],
    ['NullToEmpty("x")', 'x'],
    ['SetNull() + 1', null],
    ['If SetNull() = 1 Then "a" Else "b"', 'b'],
    ['If 2 > 1 And 1 > 2 Then "a" Else "b"', 'b'],
    ['If 2 > 1 Or 1 > 2 Then "a" Else "b"', 'a'],
    ['1 + 2 - 3', '0'],
    ['2 * 3 + 4', '10'],
    ['(2 + 3) * 4', '20'],
    ['-3 + 1', '-2'],
    ['10 - 2 - 3', '5'],
    ['Mod(7, 3)', '1'],
    ['Div(7, 2)', '3'],
    ['Abs(-5)', '5'],
    ['Neg(5)', '-5'],
    ['Int(2.7)', '2'],
    ['Sqrt(16)', '4.0'],
    ['Pwr(2, 3)', '8.0'],
    ['Min(3, 2)', '2'],
    ['Max(3, 2)', '3'],
    ['AsInteger("12")', '12'],
    ['"a" = "A"', 'false'],
    ['"a" <> "b"', 'true'],
    ['2 >= 2', 'true'],
    ['"10" > 9', 'true'],
    ['YearFromDate("2024-02-29")', '2024'],
    ['MonthFromDate("2024-02-29")', '2'],
    ['MonthDayFromDate("2024-02-29")', '29'],
    ['YeardayFromDate("2024-12-31")', '366'],
    ['WeekdayFromDate("2024-05-04")', '6'],
    ['DateFromDaysSince(1, "2024-02-28")', '2024-02-29'],
    ['DaysSinceFromDate("2024-02-01", "2024-03-01")', '-29'],
    ['StringToDate("2024-02-29")', '2024-02-29'],
    ['StringToDate("20240229", "%yyyy%mm%dd")', '2024-02-29'],
    ['DateToString(StringToDate("2024-02-29"), "%yyyy%mm%dd")', '20240229'],
    ['HoursFromTime("10:20:30")', '10'],
    ['MinutesFromTime("10:20:30")', '20'],
    ['IsValid("int32", "12")', '1'],
    ['IsValid("decimal", "x")', '0'],
    ['Oconv("ABC", "MCL")', 'abc'],
    ['Iconv("123.45", "MD2")', '12345'],
    ['Oconv("ab1", "MCN")', '1'],
    ['@TRUE + @FALSE', '1'],
  ])('%s is %s', async (expression, expected) => {
    const { sql, confidence } = translateExpression('datastage', expression);
    expect(confidence).toBeGreaterThan(0.5);
    expect((await connection.runAndReadAll(`SELECT CAST(${sql} AS VARCHAR)`)).getRowsJson()[0]?.[0]).toBe(expected);
  });
});
