import type { SideVectors } from '../vectors.ts';
import { dotRows } from '../vectors.ts';
import type { Signal } from './signal.ts';

/** MiniLM's similarity of several renderings of the two columns, each on its own. */
export const embeddingSignal: Signal = {
  id: 'embedding',
  label: 'meaning (MiniLM)',
  features: ['embedding.name', 'embedding.context', 'embedding.comment', 'embedding.values', 'embedding.crossed', 'embedding.best', 'embedding.present'],
  measure({ job, source, target }) {
    if (job.vectors === null) return [0, 0, 0, 0, 0, 0, 0];
    const { source: a, target: b } = job.vectors;
    const dot = (ofA: keyof SideVectors['columns'], ofB: keyof SideVectors['columns']): number =>
      dotRows(a.columns[ofA], source.index, b.columns[ofB], target.index);
    const name = dot('name', 'name');
    const context = dot('context', 'context');
    const comment = dot('comment', 'comment');
    const values = dot('values', 'values');
    const crossed = Math.max(dot('comment', 'name'), dot('name', 'comment'), dot('comment', 'context'), dot('context', 'comment'));
    return [name, context, comment, values, crossed, Math.max(name, context, comment, values, crossed), 1];
  },
};
