/** What the data of one side is like, a line a table or a column. */
import type { Output, ParsedInput, QualityLine, QualitySort } from '../../shared/ipc/contract.ts';
import type { ColumnProfile, QualityIssue, TableProfile } from '../../shared/model/profile.ts';
import { columnKey } from '../../shared/model/schema.ts';
import type { ColumnIndex } from './column-index.ts';
import { wordsOf } from './search-words.ts';

/** A shape is the rule of a column from this share of its values on; what differs from a rule is an outlier. */
const RULE_SHARE = 0.9;
type Level = 'tables' | 'columns';

const known = new WeakMap<ColumnIndex, Readonly<Record<Level, readonly QualityLine[]>>>();

export function qualityPage(index: ColumnIndex, query: ParsedInput<'schema.quality'>): Output<'schema.quality'> {
  const all = known.get(index) ?? measure(index);
  known.set(index, all);
  const words = wordsOf(query.text);
  const fitting = all[query.level].filter((line) => {
    const said = line.key.toLowerCase();
    return words.every((word) => said.includes(word));
  });
  const sign = query.descending ? -1 : 1;
  const lines = fitting.toSorted((a, b) => order(query.sort, sign, a, b) || compareText(a.key, b.key));
  return {
    total: lines.length,
    profiled: all.tables.length,
    tables: index.tables.size,
    lines: lines.slice(query.offset, query.offset + query.limit),
  };
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** What was not measured comes last in either direction. */
function order(sort: QualitySort, sign: number, a: QualityLine, b: QualityLine): number {
  if (sort === 'name') return sign * compareText(a.key, b.key);
  const [left, right] = sort === 'nulls' ? [a.nullShare, b.nullShare] : [a[sort], b[sort]];
  if (left === null || right === null) return Number(left === null) - Number(right === null);
  return sign * (left - right);
}

function measure(index: ColumnIndex): Readonly<Record<Level, readonly QualityLine[]>> {
  const profiled = [...index.tables.keys()].flatMap((key) => index.measured(key) ?? []);
  return { tables: profiled.map(tableLine), columns: profiled.flatMap((profile) => columnLines(index, profile)) };
}

function tableLine(profile: TableProfile): QualityLine {
  const { table, rows, columns, issues, duplicateRows } = profile;
  const cells = rows * columns.length;
  const outliers = columns.map((column) => outliersOf(column, rows)).filter((count) => count !== null);
  return {
    key: table,
    table,
    column: null,
    rows,
    nullShare: cells === 0 ? null : columns.reduce((sum, column) => sum + column.nulls, 0) / cells,
    distinct: rows - duplicateRows,
    duplicates: duplicateRows,
    outliers: outliers.length === 0 ? null : outliers.reduce((sum, count) => sum + count, 0),
    orphans: orphansOf(issues),
    defects: issues.length,
  };
}

function columnLines(index: ColumnIndex, { table, rows, columns, issues }: TableProfile): readonly QualityLine[] {
  const owner = index.tables.get(table);
  return columns.map((column) => {
    const own = issuesOf(issues, column.name);
    return {
      key: columnKey({ schema: owner?.schema ?? null, table: owner?.name ?? table, column: column.name }),
      table,
      column: column.name,
      rows,
      nullShare: rows === 0 ? null : column.nulls / rows,
      distinct: column.distinct,
      duplicates: Math.max(0, rows - column.nulls - column.distinct),
      outliers: outliersOf(column, rows),
      orphans: orphansOf(own),
      defects: own.length,
    };
  });
}

/** The defects of one column, whatever the case of its name. */
export function issuesOf(issues: readonly QualityIssue[], column: string): readonly QualityIssue[] {
  const wanted = column.toLowerCase();
  return issues.filter((issue) => issue.column?.toLowerCase() === wanted);
}

const orphansOf = (issues: readonly QualityIssue[]): number =>
  issues.reduce((sum, issue) => (issue.kind === 'orphan' ? sum + issue.rows : sum), 0);

/** Null where no shape is the rule. */
export function outliersOf(column: ColumnProfile, rows: number): number | null {
  const filled = rows - column.nulls;
  const usual = column.patterns[0]?.count ?? 0;
  return filled === 0 || usual < filled * RULE_SHARE ? null : filled - usual;
}
