/** Comparing what a run wrote with the rows that were expected: as sets of rows with their number, whatever their order. */
import { PortolanError } from '../../shared/errors.ts';
import type { SqlSession, SqlValue } from '../ports/sql-runner.ts';
import { sqlName } from './sql-name.ts';

export interface RowComparison {
  readonly name: string;
  readonly equal: boolean;
  readonly columns: readonly string[];
  /** Expected columns that the result lacks. */
  readonly missingColumns: readonly string[];
  /** Columns of the result for which nothing is expected. */
  readonly uncompared: readonly string[];
  readonly expectedRows: number;
  readonly actualRows: number;
  /** Rows of one side without a partner on the other, and the first of them. */
  readonly missing: RowsOfDiff;
  readonly unexpected: RowsOfDiff;
  /** Among the first of them, rows with equal keys: what differs. */
  readonly changed: readonly ChangedRow[];
}

interface RowsOfDiff {
  readonly count: number;
  readonly first: readonly (readonly SqlValue[])[];
}

export interface ChangedRow {
  readonly key: readonly SqlValue[];
  readonly differences: readonly { readonly column: string; readonly expected: SqlValue; readonly actual: SqlValue }[];
}

export interface ComparedRelations {
  readonly name: string;
  /** SQL of the relation with the result. */
  readonly actual: string;
  /** SQL of the relation with the expected rows; every column is text. */
  readonly expected: string;
  readonly key: readonly string[];
  /** How far numbers may be apart. */
  readonly tolerance?: number;
}

interface ComparedColumn {
  readonly name: string;
  readonly type: string;
}

interface Sides {
  /** SQL of the expected and of the actual rows, in canonical form. */
  readonly expected: string;
  readonly actual: string;
  readonly columns: readonly ComparedColumn[];
  readonly tolerance: number;
}

const maxShown = 20;
const maxPaired = 1000;

/** Significant digits by which floats are compared: sums of them depend on the order of the rows. */
const digits = 12;
const isFloat = (type: string): boolean => /^(?:DOUBLE|FLOAT|REAL)/i.test(type);
const isNumber = (type: string): boolean =>
  isFloat(type) || /^(?:DECIMAL|NUMERIC|U?(?:TINY|SMALL|BIG|HUGE)?INT)/i.test(type);

function canonical(value: string, type: string): string {
  if (!isFloat(type)) return `nullif(CAST(${value} AS VARCHAR), '')`;
  // Zero added: there is a negative zero.
  return `CAST(CAST(format('{:.${digits - 1}e}', CAST(${value} AS DOUBLE) + 0) AS DOUBLE) AS VARCHAR)`;
}

async function columnsOf(
  session: SqlSession,
  relation: string,
): Promise<readonly { readonly name: string; readonly type: string }[]> {
  const { columns, types } = await session.query(`SELECT * FROM ${relation} LIMIT 0`, 1);
  return columns.map((name, index) => ({ name, type: types[index] ?? 'VARCHAR' }));
}

const expectedOnly = 'temp."expected only"';
const actualOnly = 'temp."actual only"';

/** Rows of one side without an equal one on the other, each in a table. */
async function differences(session: SqlSession, { expected, actual, columns, tolerance }: Sides): Promise<void> {
  await session.run(
    `CREATE OR REPLACE TEMP TABLE "expected only" AS SELECT * FROM ${expected} EXCEPT ALL SELECT * FROM ${actual}`,
  );
  await session.run(
    `CREATE OR REPLACE TEMP TABLE "actual only" AS SELECT * FROM ${actual} EXCEPT ALL SELECT * FROM ${expected}`,
  );
  if (tolerance > 0 && columns.some(({ type }) => isNumber(type))) await dropAlike(session, columns, tolerance);
}

/** Takes out pairs of rows whose numbers are within the tolerance and whose other values are equal. */
async function dropAlike(session: SqlSession, columns: readonly ComparedColumn[], tolerance: number): Promise<void> {
  const names = (some: readonly ComparedColumn[]): readonly string[] => some.map(({ name }) => sqlName(name));
  const numbers = names(columns.filter(({ type }) => isNumber(type)));
  const others = names(columns.filter(({ type }) => !isNumber(type)));
  // In the order of their numbers, the n-th of one side belongs to the n-th of the other.
  const numbered = (table: string): string => {
    const parts = others.length === 0 ? '' : `PARTITION BY ${others.join(', ')} `;
    const order = numbers.map((name) => `TRY_CAST(${name} AS DOUBLE)`).join(', ');
    return `(SELECT *, rowid AS __row, row_number() OVER (${parts}ORDER BY ${order}, rowid) AS __nth FROM ${table})`;
  };
  const alike = [
    'e.__nth = a.__nth',
    ...others.map((name) => `e.${name} IS NOT DISTINCT FROM a.${name}`),
    ...numbers.map(
      (name) =>
        `(e.${name} IS NOT DISTINCT FROM a.${name} OR abs(TRY_CAST(e.${name} AS DOUBLE) - TRY_CAST(a.${name} AS DOUBLE)) <= ${tolerance})`,
    ),
  ];
  await session.run(
    `CREATE OR REPLACE TEMP TABLE "alike rows" AS SELECT e.__row AS expected_row, a.__row AS actual_row FROM ${numbered(expectedOnly)} AS e JOIN ${numbered(actualOnly)} AS a ON ${alike.join(' AND ')}`,
  );
  await session.run(`DELETE FROM ${expectedOnly} WHERE rowid IN (SELECT expected_row FROM temp."alike rows")`);
  await session.run(`DELETE FROM ${actualOnly} WHERE rowid IN (SELECT actual_row FROM temp."alike rows")`);
}

async function rowsOf(session: SqlSession, table: string): Promise<RowsOfDiff & { all: RowsOfDiff['first'] }> {
  const counted = await session.query(`SELECT count(*) FROM ${table}`);
  const { rows } = await session.query(`SELECT * FROM ${table} ORDER BY ALL LIMIT ${maxPaired}`, maxPaired);
  return { count: Number(counted.rows[0]?.[0] ?? 0), first: rows.slice(0, maxShown), all: rows };
}

function pairs(
  columns: readonly string[],
  key: readonly string[],
  missing: RowsOfDiff['first'],
  unexpected: RowsOfDiff['first'],
): readonly ChangedRow[] {
  const at = key.map((name) => columns.findIndex((one) => one.toLowerCase() === name.toLowerCase()));
  if (at.length === 0 || at.includes(-1)) return [];
  const keyOf = (row: readonly SqlValue[]): readonly SqlValue[] => at.map((index) => row[index] ?? null);
  const byKey = new Map(unexpected.map((row) => [JSON.stringify(keyOf(row).map(String)), row]));
  return missing
    .flatMap((row): readonly ChangedRow[] => {
      const actual = byKey.get(JSON.stringify(keyOf(row).map(String)));
      if (actual === undefined) return [];
      const differences = columns.flatMap((column, index) =>
        row[index] === actual[index] ? [] : [{ column, expected: row[index] ?? null, actual: actual[index] ?? null }],
      );
      return [{ key: keyOf(row), differences }];
    })
    .slice(0, maxShown);
}

/**
 * Compares the columns of `expected` with those of the same name in `actual`. Expected values are read as the type of the
 * result's column; an empty text and NULL are alike, as data files cannot tell them apart. Floats are equal to twelve digits,
 * and numbers within the tolerance.
 */
export async function compareRows(session: SqlSession, compared: ComparedRelations): Promise<RowComparison> {
  const have = new Map((await columnsOf(session, compared.actual)).map((one) => [one.name.toLowerCase(), one]));
  const wanted = await columnsOf(session, compared.expected);
  const common = wanted.flatMap(({ name }) => {
    const actual = have.get(name.toLowerCase());
    return actual === undefined ? [] : [{ expected: name, ...actual }];
  });
  if (common.length === 0)
    throw new PortolanError('INPUT_INVALID', `The expected rows have no column of ${compared.name}`, {
      hint: `Its columns are ${[...have.values()].map((one) => one.name).join(', ')}.`,
    });
  const actual = `(SELECT ${common.map(({ name, type }) => `${canonical(sqlName(name), type)} AS ${sqlName(name)}`).join(', ')} FROM ${compared.actual})`;
  const expected = `(SELECT ${common
    .map(({ expected: from, name, type }) => {
      const text = `nullif(${sqlName(from)}, '')`;
      return `coalesce(${canonical(`TRY_CAST(${text} AS ${type})`, type)}, ${text}) AS ${sqlName(name)}`;
    })
    .join(', ')} FROM ${compared.expected})`;
  const count = async (relation: string): Promise<number> =>
    Number((await session.query(`SELECT count(*) FROM ${relation}`)).rows[0]?.[0] ?? 0);
  await differences(session, { expected, actual, columns: common, tolerance: compared.tolerance ?? 0 });
  const missing = await rowsOf(session, expectedOnly);
  const unexpected = await rowsOf(session, actualOnly);
  const columns = common.map(({ name }) => name);
  const uncompared = [...have.values()].map(({ name }) => name).filter((name) => !columns.includes(name));
  const missingColumns = wanted.filter(({ name }) => !have.has(name.toLowerCase())).map(({ name }) => name);
  return {
    name: compared.name,
    equal: missing.count === 0 && unexpected.count === 0 && missingColumns.length === 0,
    columns,
    missingColumns,
    uncompared,
    expectedRows: await count(compared.expected),
    actualRows: await count(compared.actual),
    missing: { count: missing.count, first: missing.first },
    unexpected: { count: unexpected.count, first: unexpected.first },
    changed: pairs(columns, compared.key, missing.all, unexpected.all),
  };
}
