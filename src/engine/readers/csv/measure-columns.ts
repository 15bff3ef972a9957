/**
 * Files too large to be held: types are proposed from an excerpt, then one pass over the file proves them on every row and
 * counts what a profile needs. Only columns that are not what the excerpt shows are read again.
 */
import { quoteIdentifier } from '../../core/text.ts';
import type { SqlSession, SqlValue } from '../../ports/sql-runner.ts';
import type { ColumnFigures } from './data-load.ts';
import { distinctSql, distinctValues } from './distinct-values.ts';
import { type InferredColumn, type InferredTypes, inferColumnTypes, toCount } from './infer-column-types.ts';
import { type Plan, planColumns, rangeOf } from './plan-columns.ts';
import { typedValue } from './type-candidates.ts';

export interface LargeFile {
  /** All columns as text: of every row, and of the excerpt. */
  readonly fromSql: string;
  readonly excerptSql: string;
  readonly names: readonly string[];
  /** First values of each column. */
  readonly samples: readonly (readonly string[])[];
}

export interface MeasuredTypes {
  readonly types: InferredTypes;
  readonly figures: ReadonlyMap<string, ColumnFigures>;
}

const excerptTable = 'portolan_excerpt';
/** DuckDB's planning time grows with the square of the expressions in a query. */
const columnsAtOnce = 30;
const figuresAColumn = 8;

export async function measureColumns(session: SqlSession, file: LargeFile): Promise<MeasuredTypes> {
  const first = await counted(session, file.fromSql, await plannedFromExcerpt(session, file));
  const plans = await plannedAgain(session, file, first);
  const again = plans.length === 0 ? null : await counted(session, file.fromSql, plans);
  const columns = first.columns.map(
    (one) => again?.columns.find(({ column }) => column.name === one.column.name) ?? one,
  );
  return {
    types: { rows: first.rows, columns: columns.map(({ column, figures }) => ({ ...column, nulls: figures.nulls })) },
    figures: new Map(columns.map(({ column, figures }) => [column.name, figures])),
  };
}

async function plannedFromExcerpt(session: SqlSession, file: LargeFile): Promise<readonly Plan[]> {
  await session.run(`CREATE OR REPLACE TABLE ${excerptTable} AS SELECT * FROM ${file.excerptSql}`);
  try {
    const proposed = await inferColumnTypes(session, excerptTable, file.names, file.samples);
    return await planColumns(session, excerptTable, proposed, file.samples);
  } finally {
    await session.run(`DROP TABLE IF EXISTS ${excerptTable}`);
  }
}

/** Columns whose type fails on a row, with one that holds for all; columns of that type that were to be counted otherwise. */
async function plannedAgain(session: SqlSession, file: LargeFile, first: Counted): Promise<readonly Plan[]> {
  const failed = first.columns.flatMap(({ holds }, index) => (holds ? [] : [index]));
  const { columns } =
    failed.length === 0
      ? { columns: [] }
      : await inferColumnTypes(
          session,
          file.fromSql,
          failed.map((index) => file.names[index] ?? ''),
          failed.map((index) => file.samples[index] ?? []),
        );
  const estimate = { kind: 'estimate', atLeast: 0 } as const;
  const surprising = first.columns.filter(({ holds, asPlanned }) => holds && !asPlanned);
  return [
    ...columns.map((column): Plan => ({ column, decided: true, quick: null, distinct: estimate })),
    ...surprising.map(({ column, figures: { min, max } }): Plan => ({
      column,
      decided: true,
      quick: null,
      distinct: rangeOf(min, max) ?? estimate,
    })),
  ];
}

interface CountedColumn {
  readonly column: InferredColumn;
  readonly figures: ColumnFigures;
  /** Whether every value is of the type that was proposed. */
  readonly holds: boolean;
  readonly asPlanned: boolean;
}

interface Counted {
  readonly rows: number;
  readonly columns: readonly CountedColumn[];
}

async function counted(session: SqlSession, fromSql: string, plans: readonly Plan[]): Promise<Counted> {
  const columns: CountedColumn[] = [];
  let rows = 0;
  for (let at = 0; at < plans.length; at += columnsAtOnce) {
    const some = plans.slice(at, at + columnsAtOnce);
    const { rows: found } = await session.query(
      `SELECT ${['count(*)', ...some.flatMap(figuresOf)].join(', ')} FROM ${fromSql}`,
    );
    const values = found[0] ?? [];
    rows = toCount(values[0]);
    for (const [index, plan] of some.entries()) {
      const from = 1 + index * figuresAColumn;
      columns.push(await read(session, plan, rows, values.slice(from, from + figuresAColumn)));
    }
  }
  return { rows, columns };
}

function figuresOf({ column, quick, distinct }: Plan): readonly string[] {
  const text = quoteIdentifier(column.name);
  const isText = column.rawType === 'VARCHAR';
  const value = isText ? text : typedValue(text, column, true);
  return [
    `count(${text})`,
    ...proofOf(column, quick, { text, value }),
    distinctSql(distinct, value),
    `CAST(min(${value}) AS VARCHAR)`,
    `CAST(max(${value}) AS VARCHAR)`,
    isText ? `min(length(${text}))` : 'NULL',
    isText ? `max(length(${text}))` : 'NULL',
  ];
}

/** Outside of a condition the value is computed once for all figures; what cannot be converted is told by its count. */
function proofOf(
  { fits }: InferredColumn,
  quick: Plan['quick'],
  { text, value }: { readonly text: string; readonly value: string },
): readonly [converted: string, fits: string] {
  if (quick !== null) return [`count(${value})`, `bool_and(${quick.condition(text, value)})`];
  return [`count(${text})`, fits === null ? 'true' : `bool_and(${fits(text)})`];
}

async function read(
  session: SqlSession,
  { column, decided, quick, distinct }: Plan,
  rows: number,
  values: readonly SqlValue[],
): Promise<CountedColumn> {
  const [filledCount, converted, fits, result, smallest, largest, minLength, maxLength] = values;
  const filled = Number(filledCount);
  const [min, max] = [text(smallest), text(largest)];
  const isProved = fits === true && Number(converted) === filled && isWithin(quick, min, max);
  const holds = filled === 0 || (decided && isProved);
  const { asPlanned, ...found } = await distinctValues(session, distinct, { result, filled, min, max });
  return {
    column,
    holds,
    asPlanned,
    figures: { nulls: rows - filled, ...found, min, max, minLength: whole(minLength), maxLength: whole(maxLength) },
  };
}

function isWithin(quick: Plan['quick'], min: string | null, max: string | null): boolean {
  return quick === null || (quick.bounds.test(min ?? '') && quick.bounds.test(max ?? ''));
}

function text(value: SqlValue | undefined): string | null {
  return value === null || value === undefined ? null : String(value).slice(0, 200);
}

function whole(value: SqlValue | undefined): number | null {
  return value === null || value === undefined ? null : Number(value);
}
