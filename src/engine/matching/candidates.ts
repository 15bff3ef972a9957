/** Which targets of a source column are looked at closely: the best by quick score, over all tables and within the likely ones. */
import type { BaseScores } from './base-scores.ts';
import type { SideView } from './column-view.ts';

interface Reach {
  readonly overall: number;
  readonly inLikelyTable: number;
}
const LIKELY_TABLES = 3;
const usual: Reach = { overall: 40, inLikelyTable: 12 };
/** Jobs of millions of pairs look at fewer: measuring candidates would take most of their time. */
const large: Reach = { overall: 16, inLikelyTable: 6 };
const LARGE_JOB = 4_000_000;

/** Target indexes in ascending order. */
export function pickCandidates(
  base: BaseScores,
  source: SideView,
  target: SideView,
  column: number,
): readonly number[] {
  const view = source.columns[column];
  if (view === undefined) return [];
  const { overall, inLikelyTable } = base.pairs > LARGE_JOB ? large : usual;
  const row = base.rowOf(view);
  const picked = new Set(topOf(row, 0, row.length, overall));
  const tables = base.tables.subarray(
    view.table.index * target.tables.length,
    (view.table.index + 1) * target.tables.length,
  );
  for (const table of topOf(tables, 0, tables.length, LIKELY_TABLES)) {
    const { from, to } = target.tables[table] as { readonly from: number; readonly to: number };
    for (const index of topOf(row, from, to, inLikelyTable)) picked.add(index);
  }
  return [...picked].sort((a, b) => a - b);
}

/** Indexes of the largest values in [from, to), largest first, ties by index. */
export function topOf(values: Float32Array | Float64Array, from: number, to: number, count: number): readonly number[] {
  const best: number[] = [];
  for (let i = from; i < to; i += 1) {
    const value = values[i] as number;
    const last = best.at(-1);
    if (best.length === count && last !== undefined && value <= (values[last] as number)) continue;
    let at = best.length;
    while (at > 0 && value > (values[best[at - 1] as number] as number)) at -= 1;
    best.splice(at, 0, i);
    if (best.length > count) best.pop();
  }
  return best;
}
