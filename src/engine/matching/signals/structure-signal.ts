import type { Signal } from './signal.ts';

/** How the tables fit, and whether each column is the other's best choice. */
export const structureSignal: Signal = {
  id: 'structure',
  label: 'table',
  features: [
    'table.score',
    'table.gap',
    'table.share',
    'table.backGap',
    'table.usual',
    'pair.score',
    'pair.rowGap',
    'pair.columnGap',
    'pair.rowGapInTable',
    'pair.columnGapInTable',
    'pair.mutual',
  ],
  measure({ job, base, structure, source, target }) {
    const score = base.scoreOf(source, target);
    const table = structure.table(source.table.index, target.table.index);
    const rowGap = score - (structure.bestOfSource[source.index] as number);
    const columnGap = score - structure.bestOfTargetFrom(target.index, null);
    const rowGapInTable = score - structure.bestOfSourceIn(source.index, target.table.index);
    const columnGapInTable = score - structure.bestOfTargetFrom(target.index, source.table.index);
    return [
      table.score,
      table.gap,
      table.share,
      table.backGap,
      job.lexicon.tableUse.get(target.table.squeezed) ?? 0,
      score,
      rowGap,
      columnGap,
      rowGapInTable,
      columnGapInTable,
      rowGapInTable === 0 && columnGapInTable === 0 ? 1 : 0,
    ];
  },
};
