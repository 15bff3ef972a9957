/**
 * Files too large to be held: types are proposed from an excerpt, then one pass over the file proves them on every row and
 * counts what a profile needs. Only columns whose proposal fails are read again.
 */
import { quoteIdentifier } from '../../core/text.ts';
import type { SqlSession, SqlValue } from '../../ports/sql-runner.ts';
import type { ColumnFigures } from './data-load.ts';
import { type InferredColumn, type InferredTypes, inferColumnTypes, toCount } from './infer-column-types.ts';
import { candidatesFor, typedValue } from './type-candidates.ts';

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
/** Whole numbers within a range of this size are told apart by one bit each. */
const mostBits = 200_000_000;
/** Columns with at most as many values are counted in the excerpt where its second half brings no new ones. */
const fewValues = 5000;
/** DuckDB's planning time grows with the square of the expressions in a query. */
const columnsAtOnce = 30;
const figuresAColumn = 8;

/** What is asked of one column. */
interface Plan {
  readonly column: InferredColumn;
  /** False where the excerpt cannot tell the type. */
  readonly decided: boolean;
  readonly range: { readonly from: string; readonly to: string } | null;
  readonly distinct: number | null;
}

export async function measureColumns(session: SqlSession, file: LargeFile): Promise<MeasuredTypes> {
  await session.run(`CREATE OR REPLACE TABLE ${excerptTable} AS SELECT * FROM ${file.excerptSql}`);
  try {
    const proposed = await inferColumnTypes(session, excerptTable, file.names, file.samples);
    const plans = await planned(session, proposed, file.samples);
    const first = await counted(session, file.fromSql, plans);
    const failed = first.columns.flatMap(({ holds }, index) => (holds ? [] : [index]));
    if (failed.length === 0) return measured(first);
    const exact = await inferColumnTypes(
      session,
      file.fromSql,
      failed.map((index) => file.names[index] ?? ''),
      failed.map((index) => file.samples[index] ?? []),
    );
    const again = await counted(
      session,
      file.fromSql,
      exact.columns.map((column) => ({ column, decided: true, range: null, distinct: null })),
    );
    const columns = first.columns.map((one, index) => again.columns[failed.indexOf(index)] ?? one);
    return measured({ rows: first.rows, columns });
  } finally {
    await session.run(`DROP TABLE IF EXISTS ${excerptTable}`);
  }
}

interface Counted {
  readonly rows: number;
  readonly columns: readonly {
    readonly column: InferredColumn;
    readonly figures: ColumnFigures;
    readonly holds: boolean;
  }[];
}

function measured({ rows, columns }: Counted): MeasuredTypes {
  return {
    types: { rows, columns: columns.map(({ column, figures }) => ({ ...column, nulls: figures.nulls })) },
    figures: new Map(columns.map(({ column, figures }) => [column.name, figures])),
  };
}

async function planned(
  session: SqlSession,
  { rows, columns }: InferredTypes,
  samples: LargeFile['samples'],
): Promise<readonly Plan[]> {
  const plans: Plan[] = [];
  for (let at = 0; at < columns.length; at += columnsAtOnce) {
    const some = columns.slice(at, at + columnsAtOnce);
    const figures = some.flatMap((column) => {
      const text = quoteIdentifier(column.name);
      const ends = column.rawType === 'BIGINT' ? typedValue(text, column, true) : 'NULL';
      return [
        `count(DISTINCT ${text})`,
        `count(DISTINCT CASE WHEN rowid * 2 < ${rows} THEN ${text} END)`,
        `min(${ends})`,
        `max(${ends})`,
      ];
    });
    const result = await session.query(`SELECT ${figures.join(', ')} FROM ${excerptTable}`);
    const values = result.rows[0] ?? [];
    some.forEach((column, index) => {
      const [distinct, inFirstHalf, from, to] = values.slice(index * 4);
      const all = toCount(distinct);
      const filled = rows - column.nulls;
      const isDense = column.rawType === 'BIGINT' && all === filled && Number(to) - Number(from) < mostBits;
      plans.push({
        column,
        decided:
          filled > 0 &&
          !column.ambiguousDate &&
          (column.rawType !== 'VARCHAR' || candidatesFor(samples[at + index] ?? []).length === 0),
        range: isDense && filled > 0 ? { from: String(from), to: String(to) } : null,
        distinct: all <= fewValues && toCount(inFirstHalf) >= 0.98 * all ? all : null,
      });
    });
  }
  return plans;
}

async function counted(session: SqlSession, fromSql: string, plans: readonly Plan[]): Promise<Counted> {
  const columns: Counted['columns'][number][] = [];
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
      columns.push(read(plan, rows, values.slice(from, from + figuresAColumn)));
    }
  }
  return { rows, columns };
}

function figuresOf({ column, range, distinct }: Plan): readonly string[] {
  const text = quoteIdentifier(column.name);
  const isText = column.rawType === 'VARCHAR';
  const value = isText ? text : typedValue(text, column, true);
  const within = range === null ? '' : `${value} BETWEEN ${range.from} AND ${range.to}`;
  return [
    `count(${text})`,
    column.fits === null ? 'NULL' : `bool_and(${column.fits(text)})`,
    range === null
      ? distinct === null
        ? `approx_count_distinct(${value})`
        : `${distinct}`
      : `bit_count(bitstring_agg(CASE WHEN ${within} THEN ${value} END, ${range.from}, ${range.to}))`,
    range === null ? 'NULL' : `bool_and(${within})`,
    `CAST(min(${value}) AS VARCHAR)`,
    `CAST(max(${value}) AS VARCHAR)`,
    isText ? `min(length(${text}))` : 'NULL',
    isText ? `max(length(${text}))` : 'NULL',
  ];
}

function read(plan: Plan, rows: number, values: readonly SqlValue[]): Counted['columns'][number] {
  const [filledCount, fits, distinct, inRange, min, max, minLength, maxLength] = values;
  const { column, decided, range } = plan;
  const filled = Number(filledCount);
  const text = (value: SqlValue | undefined): string | null =>
    value === null || value === undefined ? null : String(value).slice(0, 200);
  const whole = (value: SqlValue | undefined): number | null =>
    value === null || value === undefined ? null : Number(value);
  return {
    column,
    holds: filled === 0 || (decided && (column.fits === null || fits === true)),
    figures: {
      nulls: rows - filled,
      distinct: Math.min(Number(distinct ?? 0), filled),
      isExact: range !== null && inRange === true,
      min: text(min),
      max: text(max),
      minLength: whole(minLength),
      maxLength: whole(maxLength),
    },
  };
}
