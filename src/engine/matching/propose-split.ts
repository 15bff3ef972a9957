/** One source column that feeds several target columns: a full name, or a date kept in parts. */
import type { Mapping } from '../../shared/model/mapping.ts';
import type { ColumnView, SideView } from './column-view.ts';
import { columnExpression } from './column-expression.ts';
import { duckDbType } from '../sql/dialects/duckdb/print-type.ts';

export interface SplitProposal {
  readonly parts: Mapping['additional'];
  readonly reason: string;
}

const namePartWords: ReadonlySet<string> = new Set([
  'first',
  'last',
  'given',
  'family',
  'middle',
  'forename',
  'surname',
  'short',
  'user',
  'file',
  'login',
]);

/** Null where the column is no such thing or the target table has no such columns. All parts are in the table of `chosen`. */
export function proposeSplit(
  source: ColumnView,
  chosen: ColumnView,
  sourceSide: SideView,
  targetSide: SideView,
): SplitProposal | null {
  const siblings = targetSide.columns.slice(chosen.table.from, chosen.table.to);
  return splitName(source, chosen, sourceSide, siblings) ?? splitDate(source, chosen, siblings);
}

const has = (column: ColumnView, ...words: readonly string[]): boolean =>
  words.some((word) => column.words.includes(word));
const isFirstName = (column: ColumnView): boolean =>
  has(column, 'forename') || (has(column, 'first', 'given') && has(column, 'name'));
const isLastName = (column: ColumnView): boolean =>
  has(column, 'surname') || (has(column, 'last', 'family') && has(column, 'name'));

function splitName(
  source: ColumnView,
  chosen: ColumnView,
  side: SideView,
  siblings: readonly ColumnView[],
): SplitProposal | null {
  const isFullName =
    source.column.type === 'string' &&
    source.words.at(-1) === 'name' &&
    !source.words.some((word) => namePartWords.has(word));
  if (!isFullName || !(isFirstName(chosen) || isLastName(chosen))) return null;
  const ownTable = side.columns.slice(source.table.from, source.table.to);
  if (ownTable.some((column) => isFirstName(column) || isLastName(column))) return null;
  const first = siblings.find(isFirstName);
  const last = siblings.find(isLastName);
  if (first === undefined || last === undefined) return null;
  const text = `TRIM(${columnExpression(source.column.name)})`;
  const hasComma = `CONTAINS(${text}, ',')`;
  const before = `TRIM(SPLIT_PART(${text}, ',', 1))`;
  const after = `TRIM(SPLIT_PART(${text}, ',', 2))`;
  const firstName = `NULLIF(CASE WHEN ${hasComma} THEN ${after} ELSE TRIM(REGEXP_REPLACE(${text}, '\\S+$', '')) END, '')`;
  const lastName = `NULLIF(CASE WHEN ${hasComma} THEN ${before} ELSE REGEXP_EXTRACT(${text}, '\\S+$') END, '')`;
  return {
    reason: 'A full name that the target keeps as first and last name',
    parts: [
      { target: first.ref, transformation: { type: 'split', expression: firstName } },
      { target: last.ref, transformation: { type: 'split', expression: lastName } },
    ],
  };
}

const dateParts = ['year', 'month', 'day'] as const;

function splitDate(source: ColumnView, chosen: ColumnView, siblings: readonly ColumnView[]): SplitProposal | null {
  if (source.column.type !== 'date' && source.column.type !== 'timestamp') return null;
  const subject = (column: ColumnView): string =>
    column.words
      .filter((word) => !['year', 'month', 'day', 'of', 'date', 'time', 'timestamp', 'datetime'].includes(word))
      .join(' ');
  const parts = dateParts.flatMap((part) => {
    const target = siblings.find(
      (column) => has(column, part) && column.column.type === 'integer' && subject(column) === subject(chosen),
    );
    return target === undefined ? [] : [{ part, target }];
  });
  if (parts.length < 2) return null;
  return {
    reason: 'A date that the target also keeps in parts',
    parts: parts.map(({ part, target }) => ({
      target: target.ref,
      transformation: {
        type: 'calculated' as const,
        expression: `CAST(DATE_PART('${part}', ${columnExpression(source.column.name)}) AS ${duckDbType(target.column)})`,
      },
    })),
  };
}
