import type { Decision } from '../../../shared/model/mapping.ts';
import type { RunState } from '../../../shared/model/project.ts';
import type { ColumnRef } from '../../../shared/model/schema.ts';
import { profilesByTable, tablesOf } from '../../core/sides.ts';
import type { GraphNode } from '../../graph/graph.ts';
import { standingDecisions } from '../../review/apply-decisions.ts';
import { withKnownMappings } from '../../review/known-mappings.ts';
import type { NodeDependencies } from '../dependencies.ts';

/** Node 2: proposes a target for every source column, avoiding targets that a person has rejected for it. */
export function mapperNode({ matcher, decisions, patterns }: NodeDependencies): GraphNode<RunState> {
  return {
    id: 'mapper',
    writes: ['proposals', 'review'],
    async run(state, { signal, report }) {
      const log = standingDecisions(decisions());
      const sides = { source: tablesOf(state.discovery, 'source'), target: tablesOf(state.discovery, 'target') };
      const profiles = profilesByTable(state.discovery);
      const rejected = rejectedTargets(log);
      const found = await matcher.match(
        {
          ...sides,
          profiles,
          targetProfiles: profilesByTable(state.discovery, 'target'),
          patterns: patterns(),
          settings: state.settings,
          rejected,
        },
        { signal, onProgress: report },
      );
      const { autoApprove } = state.settings;
      const proposals = withKnownMappings(found, state.discovery?.known ?? [], {
        ...sides,
        profiles,
        rejected,
        autoApprove,
      });
      const retriedSeq = log.reduce((last, decision) => Math.max(last, decision.seq), 0);
      const before = state.review ?? { appliedSeq: 0, retriedSeq: 0, pending: [], finished: false };
      // New proposals are to be seen before the run goes on past review.
      return { writes: { proposals, review: { ...before, retriedSeq, finished: false } } };
    },
  };
}

function rejectedTargets(log: readonly Decision[]): ReadonlyMap<string, readonly ColumnRef[]> {
  const rejected = new Map<string, ColumnRef[]>();
  for (const { verdict, mappingId, target } of log) {
    if (verdict !== 'reject' || target === null) continue;
    rejected.set(mappingId, [...(rejected.get(mappingId) ?? []), target]);
  }
  return rejected;
}
