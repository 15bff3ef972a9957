import type { RunState } from '../../../shared/model/project.ts';
import type { GraphNode } from '../../graph/graph.ts';
import type { NodeDependencies } from '../dependencies.ts';
import { settleMappings } from '../settle-mappings.ts';

/** Node 3: completeness, types, constraints and coverage; decides whether a person is needed. */
export function evaluatorNode({ decisions }: NodeDependencies): GraphNode<RunState> {
  return {
    id: 'evaluator',
    writes: ['mappings', 'evaluation'],
    run: async (state) => ({ writes: settleMappings(state, decisions()) }),
  };
}
