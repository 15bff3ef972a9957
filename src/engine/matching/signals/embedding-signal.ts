import type { ColumnView } from '../column-view.ts';
import type { SideVectors } from '../vectors.ts';
import { dotRows } from '../vectors.ts';
import type { Signal } from './signal.ts';

type Rendering = keyof SideVectors['columns'];

/** The usual similarity of the values of two columns that have nothing to do with each other. */
const UNKNOWN_EXAMPLES = 0.25;

/** MiniLM's similarity of several renderings of the two columns, each on its own. */
export const embeddingSignal: Signal = {
  id: 'embedding',
  label: 'meaning (MiniLM)',
  features: [
    'embedding.name',
    'embedding.context',
    'embedding.comment',
    'embedding.values',
    'embedding.examples',
    'embedding.crossed',
    'embedding.best',
    'embedding.present',
  ],
  measure({ job, source, target }) {
    if (job.vectors === null) return [0, 0, 0, 0, 0, 0, 0, 0];
    const { source: a, target: b } = job.vectors;
    // Rows without a text are zeros: most columns have neither comment nor values, and nothing needs multiplying then.
    const has = (column: ColumnView, rendering: Rendering): boolean => {
      if (rendering === 'comment') return column.description !== null;
      if (rendering === 'values') return column.values !== null;
      // Figures mean nothing by themselves: a model of language would compare their spelling.
      return rendering !== 'examples' || (column.values?.numericShare ?? 1) <= 0.5;
    };
    const dot = (ofA: Rendering, ofB: Rendering): number =>
      has(source, ofA) && has(target, ofB) ? dotRows(a.columns[ofA], source.index, b.columns[ofB], target.index) : 0;
    const name = dot('name', 'name');
    const context = dot('context', 'context');
    const hasComments = source.description !== null && target.description !== null;
    const hasValues = source.values !== null && target.values !== null;
    // What a column does not have must not count against it: the nearest rendering stands in.
    const commentToName = dot('comment', 'name');
    const nameToComment = dot('name', 'comment');
    const comment = hasComments ? dot('comment', 'comment') : Math.max(commentToName, nameToComment, name * 0.7);
    const values = hasValues
      ? dot('values', 'values')
      : Math.max(dot('values', 'name'), dot('name', 'values'), name * 0.7);
    const examples = dot('examples', 'examples');
    const crossed = Math.max(commentToName, nameToComment, dot('comment', 'context'), dot('context', 'comment'));
    return [
      name,
      context,
      comment,
      values,
      examples === 0 ? UNKNOWN_EXAMPLES : examples,
      crossed,
      Math.max(name, context, comment, values, crossed),
      1,
    ];
  },
};
