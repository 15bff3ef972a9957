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
}

const maxShown = 20;
const maxPaired = 1000;

/** Floats are compared to nine digits after the point: sums of them depend on the order of the rows. */
function canonical(value: string, type: string): string {
  const plain = /^(?:DOUBLE|FLOAT|REAL)/i.test(type) ? `round(${value}, 9)` : value;
  return `nullif(CAST(${plain} AS VARCHAR), '')`;
}

async function columnsOf(
  session: SqlSession,
  relation: string,
): Promise<readonly { readonly name: string; readonly type: string }[]> {
  const { columns, types } = await session.query(`SELECT * FROM ${relation} LIMIT 0`, 1);
  return columns.map((name, index) => ({ name, type: types[index] ?? 'VARCHAR' }));
}

async function rowsOnlyIn(
  session: SqlSession,
  one: string,
  other: string,
): Promise<RowsOfDiff & { all: RowsOfDiff['first'] }> {
  const only = `(SELECT * FROM ${one} EXCEPT ALL SELECT * FROM ${other})`;
  const counted = await session.query(`SELECT count(*) FROM ${only}`);
  const { rows } = await session.query(`SELECT * FROM ${only} ORDER BY ALL LIMIT ${maxPaired}`, maxPaired);
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
 * result's column; an empty text and NULL are alike, as data files cannot tell them apart.
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
  const missing = await rowsOnlyIn(session, expected, actual);
  const unexpected = await rowsOnlyIn(session, actual, expected);
  const columns = common.map(({ name }) => name);
  const missingColumns = wanted.filter(({ name }) => !have.has(name.toLowerCase())).map(({ name }) => name);
  return {
    name: compared.name,
    equal: missing.count === 0 && unexpected.count === 0 && missingColumns.length === 0,
    columns,
    missingColumns,
    expectedRows: await count(compared.expected),
    actualRows: await count(compared.actual),
    missing: { count: missing.count, first: missing.first },
    unexpected: { count: unexpected.count, first: unexpected.first },
    changed: pairs(columns, compared.key, missing.all, unexpected.all),
  };
}
