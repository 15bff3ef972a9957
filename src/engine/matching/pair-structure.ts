/** How good a pair is among its rivals: within the row, the column and the two tables. */
import type { BaseScores } from './base-scores.ts';
import type { SideView } from './column-view.ts';

export interface TableFit {
  readonly score: number;
  /** Distance to the source table's best target table; 0 for the best. */
  readonly gap: number;
  /** Softmax share among the source table's target tables. */
  readonly share: number;
  /** Distance to the target table's best source table. */
  readonly backGap: number;
}

export interface PairStructure {
  readonly bestOfSource: Float32Array;
  /** Best score of a source column within one target table. */
  bestOfSourceIn(source: number, targetTable: number): number;
  /** Best score of a target column, from one source table or (null) from all. */
  bestOfTargetFrom(target: number, sourceTable: number | null): number;
  table(source: number, target: number): TableFit;
}

/** Works the maxima out once for all pairs. */
export function describeStructure(base: BaseScores, source: SideView, target: SideView): PairStructure {
  const { tables } = base;
  const targets = target.columns.length;
  const sourceTables = source.tables.length;
  const targetTables = target.tables.length;
  const bestOfSource = new Float32Array(source.columns.length).fill(-1);
  const bestOfTarget = new Float32Array(targets).fill(-1);
  const inTable = new Float32Array(source.columns.length * targetTables).fill(-1);
  const fromTable = new Float32Array(targets * sourceTables).fill(-1);
  for (const a of source.columns) {
    const row = base.rowOf(a);
    for (const table of target.tables) {
      let best = -1;
      for (let b = table.from; b < table.to; b += 1) {
        const score = row[b] as number;
        if (score > best) best = score;
        raise(bestOfTarget, b, score);
        raise(fromTable, a.table.index * targets + b, score);
      }
      inTable[a.index * targetTables + table.index] = best;
      raise(bestOfSource, a.index, best);
    }
  }
  const fits = describeTables(tables, sourceTables, targetTables);
  return {
    bestOfSource,
    bestOfSourceIn: (index, table) => inTable[index * targetTables + table] as number,
    bestOfTargetFrom: (index, table) =>
      (table === null ? bestOfTarget[index] : fromTable[table * targets + index]) as number,
    table: (a, b) => fits[a * targetTables + b] as TableFit,
  };
}

function raise(best: Float32Array, slot: number, score: number): void {
  if (score > (best[slot] as number)) best[slot] = score;
}

function describeTables(tables: Float64Array, sources: number, targets: number): readonly TableFit[] {
  const at = (a: number, b: number): number => tables[a * targets + b] as number;
  const back = new Float64Array(targets);
  for (let a = 0; a < sources; a += 1)
    for (let b = 0; b < targets; b += 1) back[b] = Math.max(back[b] as number, at(a, b));
  const fits: TableFit[] = [];
  for (let a = 0; a < sources; a += 1) {
    const row = tables.subarray(a * targets, (a + 1) * targets);
    const best = row.reduce((most, score) => Math.max(most, score), 0);
    const sum = row.reduce((total, score) => total + Math.exp(8 * (score - best)), 0);
    for (let b = 0; b < targets; b += 1) {
      const score = at(a, b);
      const share = Math.exp(8 * (score - best)) / sum;
      fits.push({ score, gap: score - best, share, backGap: score - (back[b] as number) });
    }
  }
  return fits;
}
