import { isPending } from '../../../shared/model/mapping.ts';
import type { RunState } from '../../../shared/model/project.ts';
import type { GraphNode } from '../../graph/graph.ts';
import { orderQueue } from '../../review/order-queue.ts';
import type { NodeDependencies, ReviewPolicy } from '../dependencies.ts';
import { settleMappings } from '../settle-mappings.ts';

/** Node 4: takes the decisions in, and interrupts the run while a person has still to look. */
export function reviewNode({ decisions, reviewPolicy }: NodeDependencies): GraphNode<RunState> {
  return {
    id: 'review',
    writes: ['mappings', 'evaluation', 'review'],
    async run(state) {
      const log = decisions();
      const settled = settleMappings(state, log);
      const pending = orderQueue(settled.mappings)
        .filter(isPending)
        .map((mapping) => mapping.id);
      const appliedSeq = log.at(-1)?.seq ?? 0;
      const review = { ...(state.review ?? { retriedSeq: 0, finished: false }), appliedSeq, pending };
      const writes = { ...settled, review };
      const waits = reviewPolicy === 'pause' && pending.length > 0 && !review.finished;
      return waits ? { writes, interrupt: `${pending.length} mappings wait for review` } : { writes };
    },
  };
}

/** True where a rejection has not had its new proposal yet. Nobody would look at one when review is automatic. */
export function wantsFreshAttempt(state: RunState, policy: ReviewPolicy): boolean {
  const rejected = (state.mappings ?? []).some((mapping) => mapping.status === 'rejected');
  return policy === 'pause' && rejected && (state.review?.appliedSeq ?? 0) > (state.review?.retriedSeq ?? 0);
}
