/** What matching keeps of a column's data: a set of values, shapes and figures that compare quickly. */
import type { ColumnProfile, TableProfile } from '../../shared/model/profile.ts';
import { plainLetters } from './tokenize-name.ts';

/** Values looked at per column; more does not change the figures. */
const MAX_VALUES = 400;

export interface ValueSummary {
  /** Values in lower case without accents, the most frequent first. */
  readonly values: ReadonlySet<string>;
  /** Words that occur in the values. */
  readonly words: ReadonlySet<string>;
  /** Shape → share of the shapes seen. */
  readonly patterns: ReadonlyMap<string, number>;
  readonly numericShare: number;
  /** 10th, 50th and 90th percentile of the values that are numbers; null without any. */
  readonly quantiles: readonly [number, number, number] | null;
  readonly meanLength: number;
  readonly distinctShare: number;
  readonly nullShare: number;
  readonly semanticType: string | null;
  /** Up to ten values as written, for renderings. */
  readonly examples: readonly string[];
}

/** Null where the column has no value at all. */
export function summarizeValues(table: TableProfile, column: ColumnProfile, at: number): ValueSummary | null {
  const raw = [...column.top.map((entry) => entry.value), ...table.sample.map((row) => row[at] ?? '')]
    .map((value) => value.trim())
    .filter((value) => value !== '');
  if (raw.length === 0) return null;
  const values = new Set<string>();
  for (const value of raw) {
    if (values.size >= MAX_VALUES) break;
    values.add(plainLetters(value.slice(0, 200)).toLowerCase());
  }
  const words = new Set<string>();
  for (const value of values) for (const word of value.match(/[\p{L}\d]{2,}/gu) ?? []) words.add(word);
  const numbers = [...values]
    .map(toNumber)
    .filter((value): value is number => value !== null)
    .sort((a, b) => a - b);
  const patternTotal = column.patterns.reduce((sum, entry) => sum + entry.count, 0);
  const filled = Math.max(1, table.rows - column.nulls);
  return {
    values,
    words,
    patterns: new Map(column.patterns.map((entry) => [entry.pattern, entry.count / Math.max(1, patternTotal)])),
    numericShare: numbers.length / values.size,
    quantiles: numbers.length === 0 ? null : [quantile(numbers, 0.1), quantile(numbers, 0.5), quantile(numbers, 0.9)],
    meanLength: [...values].reduce((sum, value) => sum + value.length, 0) / values.size,
    distinctShare: Math.min(1, column.distinct / filled),
    nullShare: table.rows === 0 ? 0 : column.nulls / table.rows,
    semanticType: column.semanticType,
    examples: spread([...new Set(raw)].slice(0, 40), 10).map((value) => value.slice(0, 40)),
  };
}

/** `count` items at even distances, the first among them. */
function spread<T>(items: readonly T[], count: number): readonly T[] {
  const step = Math.max(1, items.length / count);
  return Array.from({ length: Math.min(count, items.length) }, (_, i) => items[Math.floor(i * step)] as T);
}

function toNumber(text: string): number | null {
  if (!/^[-+]?\d{1,18}(?:[.,]\d{1,18})?$/.test(text)) return null;
  return Number(text.replace(',', '.'));
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] as number;
}
