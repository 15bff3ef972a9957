import type { ColumnProfile, QualityIssue, TableProfile } from '../../../shared/model/profile.ts';
import type { Table } from '../../../shared/model/schema.ts';
import type { SqlSession } from '../../ports/sql-runner.ts';
import type { LargeData } from '../../readers/csv/index.ts';
import {
  type ColumnStatistics,
  columnStatistics,
  countedStatistics,
  rowCount,
  rowSample,
  topValuesOf,
} from './column-statistics.ts';
import { candidateKeys, duplicateIssues } from './key-analysis.ts';
import { functionalDependencies } from './functional-dependencies.ts';
import { type DataColumn, type LoadedTable, type RowSample, dataColumns } from './loaded-table.ts';
import { isPersonal } from './personal-data.ts';
import { keyOf, rowIssues } from './quality-issues.ts';
import { semanticTypeOf } from './semantic-type.ts';
import { topPatternsOf } from './value-pattern.ts';

const sampleRows = 20;
/** The first rows, of a large file those of its excerpt, tell what a column means and what its values look like; fewer of a very wide table. */
const lookedAtRows = 10_000;
const lookedAtCells = 500_000;

/** What is known of a large file before it is profiled. */
export interface Counted {
  readonly rows: number;
  /** Where its excerpt is. */
  readonly excerpt: string;
  /** Null where the columns are measured in other types than those they were counted in. */
  readonly figures: LargeData['figures'] | null;
}

/**
 * Measures the rows of a loaded table as data of its schema's table; columns are matched by name without case and
 * columns that the data does not have are left out. References to other tables are checked by `orphanIssues`.
 */
export async function profileTable(
  session: SqlSession,
  loaded: LoadedTable,
  counted: Counted | null = null,
): Promise<TableProfile> {
  const { table, file } = loaded;
  const columns = await dataColumns(session, loaded);
  const { count, sample, statistics } = await measure(session, loaded, columns, counted);
  const rows = await firstRows(session, counted?.excerpt ?? loaded.sqlName, columns);
  const tops = await topValuesOf(
    session,
    sample,
    statistics.map(({ column }) => column),
    count,
  );
  const profiles = statistics.map((measured, index): ColumnProfile => {
    const values = rows.map((row) => row[index]).filter((value) => value !== null && value !== undefined);
    return columnProfile(measured, values, tops[index] ?? []);
  });
  const meanings = new Map(profiles.map((profile) => [profile.name, profile.semanticType] as const));
  const keys = await candidateKeys(session, loaded, count, statistics);
  const duplicates = await duplicateIssues(session, loaded, { columns, unique: keys.length > 0 });
  const issues = [...(await rowIssues(session, { loaded, sample }, statistics, meanings)), ...duplicates.issues];
  return {
    table: keyOf(table),
    file,
    rows: count,
    columns: profiles,
    dependencies: await functionalDependencies(session, loaded, count, statistics),
    candidateKeys: keys,
    duplicateRows: duplicates.duplicateRows,
    ...(sample.every === 1 ? {} : { sampledEvery: sample.every }),
    sample: rows.slice(0, sampleRows),
    issues: inSchemaOrder(issues, table),
  };
}

interface Measured {
  readonly count: number;
  readonly sample: RowSample;
  readonly statistics: readonly ColumnStatistics[];
}

async function measure(
  session: SqlSession,
  loaded: LoadedTable,
  columns: readonly DataColumn[],
  counted: Counted | null,
): Promise<Measured> {
  const count = counted?.rows ?? (await rowCount(session, loaded));
  const sample = counted === null ? rowSample(loaded, count) : await excerptOf(session, counted);
  const figures = counted?.figures ?? null;
  const statistics =
    figures === null
      ? await columnStatistics(session, loaded, columns, sample)
      : await countedStatistics(session, columns, sample, figures);
  return { count, sample, statistics };
}

async function excerptOf(session: SqlSession, { rows, excerpt }: Counted): Promise<RowSample> {
  const held = await session.query(`SELECT count(*) FROM ${excerpt}`);
  return { from: excerpt, every: Math.max(1, Math.round(rows / Math.max(1, Number(held.rows[0]?.[0])))) };
}

function columnProfile(figures: ColumnStatistics, values: readonly string[], top: ColumnProfile['top']): ColumnProfile {
  const semanticType = meaningOf(figures, values);
  return {
    name: figures.column.name,
    nulls: figures.nulls,
    distinct: figures.distinct,
    min: figures.min,
    max: figures.max,
    minLength: figures.minLength,
    maxLength: figures.maxLength,
    top,
    patterns: topPatternsOf(values),
    semanticType,
    ...(isPersonal(figures.column.name, semanticType) ? { personal: true } : {}),
  };
}

/** Numbers as such mean nothing further, except that eight digits may be a date. */
function meaningOf(figures: ColumnStatistics, values: readonly string[]): string | null {
  const { dataType, name } = figures.column;
  const meaning = semanticTypeOf(name, values, figures.distinct);
  if (dataType === 'VARCHAR') return meaning;
  const kept =
    dataType === 'BIGINT' ? ['date_text', 'flag', 'phone', 'postcode'] : dataType === 'BOOLEAN' ? ['flag'] : [];
  return meaning !== null && kept.includes(meaning) ? meaning : null;
}

async function firstRows(
  session: SqlSession,
  from: string,
  columns: readonly DataColumn[],
): Promise<readonly (readonly (string | null)[])[]> {
  if (columns.length === 0) return [];
  const limit = Math.max(sampleRows, Math.min(lookedAtRows, Math.floor(lookedAtCells / columns.length)));
  const { rows } = await session.query(
    `SELECT ${columns.map((column) => column.text).join(', ')} FROM ${from} LIMIT ${limit}`,
    limit,
  );
  return rows.map((row) => row.map((value) => (value === null ? null : String(value))));
}

function inSchemaOrder(issues: readonly QualityIssue[], table: Table): readonly QualityIssue[] {
  const order = new Map(table.columns.map((column, index) => [column.name, index] as const));
  const position = (issue: QualityIssue): number =>
    issue.column === null ? table.columns.length : (order.get(issue.column) ?? table.columns.length);
  return issues.toSorted((a, b) => position(a) - position(b));
}
