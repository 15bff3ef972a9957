import { nameOverlap } from '../name-overlap.ts';
import type { Signal } from './signal.ts';

/** Words of comments: what one side's comment says of the other side's name. */
export const commentSignal: Signal = {
  id: 'comment',
  label: 'comment',
  features: ['comment.targetNameInSource', 'comment.sourceNameInTarget', 'comment.both', 'comment.present'],
  measure({ job, source, target }) {
    const hasA = source.commentWords.length > 0;
    const hasB = target.commentWords.length > 0;
    if (!hasA && !hasB) return [0, 0, 0, 0];
    const commentA = job.sourceWords.comments[source.index] as Int32Array;
    const commentB = job.targetWords.comments[target.index] as Int32Array;
    const nameA = job.sourceWords.names[source.index] as Int32Array;
    const nameB = job.targetWords.names[target.index] as Int32Array;
    return [
      hasA ? nameOverlap(nameB, commentA, job.words).forward : 0,
      hasB ? nameOverlap(nameA, commentB, job.words).forward : 0,
      hasA && hasB ? nameOverlap(commentA, commentB, job.words).forward : 0,
      hasA && hasB ? 1 : 0.5,
    ];
  },
};
