import type { ColumnProfile, QualityIssue, TableProfile } from '../../../shared/model/profile.ts';
import type { Table } from '../../../shared/model/schema.ts';
import type { SqlSession } from '../../ports/sql-runner.ts';
import { type ColumnStatistics, columnStatistics, samplingStep, topValuesOf } from './column-statistics.ts';
import { candidateKeys, duplicateIssues } from './key-analysis.ts';
import { functionalDependencies } from './functional-dependencies.ts';
import { type DataColumn, type LoadedTable, dataColumns } from './loaded-table.ts';
import { isPersonal } from './personal-data.ts';
import { keyOf, rowIssues } from './quality-issues.ts';
import { semanticTypeOf } from './semantic-type.ts';
import { topPatternsOf } from './value-pattern.ts';

const sampleRows = 20;
/** The first rows tell what a column means and what its values look like; fewer of a very wide table. */
const lookedAtRows = 10_000;
const lookedAtCells = 500_000;

/**
 * Measures the rows of `tableSqlName` (a quoted name) as data of `table`; columns are matched by name without case and
 * columns that the data does not have are left out. References to other tables are checked by `orphanIssues`.
 */
export async function profileTable(
  session: SqlSession,
  tableSqlName: string,
  table: Table,
  file: string,
): Promise<TableProfile> {
  const loaded: LoadedTable = { table, sqlName: tableSqlName, file };
  const columns = await dataColumns(session, loaded);
  const statistics = await columnStatistics(session, loaded, columns);
  const rows = await firstRows(session, loaded, columns);
  const profiles: ColumnProfile[] = [];
  for (const [index, figures] of statistics.columns.entries()) {
    const values = rows.map((row) => row[index]).filter((value) => value !== null && value !== undefined);
    const top = await topValuesOf(session, loaded, { column: figures.column, rows: statistics.rows });
    profiles.push(columnProfile(figures, values, top));
  }
  const meanings = new Map(profiles.map((profile) => [profile.name, profile.semanticType] as const));
  const keys = await candidateKeys(session, loaded, statistics.rows, statistics.columns);
  const duplicates = await duplicateIssues(session, loaded, { columns, unique: keys.length > 0 });
  const issues = [...(await rowIssues(session, loaded, statistics.columns, meanings)), ...duplicates.issues];
  return {
    table: keyOf(table),
    file,
    rows: statistics.rows,
    columns: profiles,
    dependencies: await functionalDependencies(session, loaded, statistics.rows, statistics.columns),
    candidateKeys: keys,
    duplicateRows: duplicates.duplicateRows,
    ...(samplingStep(statistics.rows) === 1 ? {} : { sampledEvery: samplingStep(statistics.rows) }),
    sample: rows.slice(0, sampleRows),
    issues: inSchemaOrder(issues, table),
  };
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
  loaded: LoadedTable,
  columns: readonly DataColumn[],
): Promise<readonly (readonly (string | null)[])[]> {
  if (columns.length === 0) return [];
  const limit = Math.max(sampleRows, Math.min(lookedAtRows, Math.floor(lookedAtCells / columns.length)));
  const { rows } = await session.query(
    `SELECT ${columns.map((column) => column.text).join(', ')} FROM ${loaded.sqlName} LIMIT ${limit}`,
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
