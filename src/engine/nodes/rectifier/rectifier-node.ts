import type { RunState } from '../../../shared/model/project.ts';
import type { GraphNode } from '../../graph/graph.ts';
import type { NodeDependencies } from '../dependencies.ts';
import { settleMappings } from '../settle-mappings.ts';
import { applyRectifications } from './apply-rectifications.ts';
import { proposeRectifications } from './propose-rectifications.ts';

/** Node 5: takes the corrections of review to similar mappings that nobody decided, and keeps a log of before and after. */
export function rectifierNode({ decisions, patterns }: NodeDependencies): GraphNode<RunState> {
  return {
    id: 'rectifier',
    writes: ['mappings', 'rectifications', 'sqlRepairs'],
    async run(state) {
      const settled = settleMappings(state, decisions()).mappings;
      const rectifications = proposeRectifications(state.proposals ?? [], settled, patterns());
      return { writes: { mappings: applyRectifications(settled, rectifications), rectifications, sqlRepairs: 0 } };
    },
  };
}
