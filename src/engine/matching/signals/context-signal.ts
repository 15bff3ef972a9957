import { isBare } from '../bare-name.ts';
import { balanced, nameOverlap } from '../name-overlap.ts';
import type { Signal } from './signal.ts';

/** Names together with the tables they stand in: `branch.name` and `branch_name` say the same. */
export const contextSignal: Signal = {
  id: 'context',
  label: 'name within its table',
  features: ['context.balanced', 'context.sourceIntoName', 'context.nameIntoTarget', 'context.tables', 'context.bare'],
  measure({ job, source, target }) {
    const contextA = job.sourceWords.contexts[source.index] as Int32Array;
    const contextB = job.targetWords.contexts[target.index] as Int32Array;
    const nameA = job.sourceWords.names[source.index] as Int32Array;
    const nameB = job.targetWords.names[target.index] as Int32Array;
    const tableA = job.sourceWords.tables[source.table.index] as Int32Array;
    const tableB = job.targetWords.tables[target.table.index] as Int32Array;
    /** The bare column's table against the other's name, alone and within its table. */
    const fitOfBare = (table: Int32Array, context: Int32Array, name: Int32Array): number => {
      const { backward } = nameOverlap(table, name, job.words);
      return backward < 0.75
        ? 0
        : Math.max(
            backward * balanced(nameOverlap(table, context, job.words)),
            balanced(nameOverlap(table, name, job.words)),
          );
    };
    return [
      balanced(nameOverlap(contextA, contextB, job.words)),
      balanced(nameOverlap(contextA, nameB, job.words)),
      balanced(nameOverlap(nameA, contextB, job.words)),
      balanced(nameOverlap(tableA, tableB, job.words)),
      isBare(source) === isBare(target)
        ? 0
        : isBare(source)
          ? fitOfBare(tableA, contextB, nameB)
          : fitOfBare(tableB, contextA, nameA),
    ];
  },
};
