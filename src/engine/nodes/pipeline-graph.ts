/** The eight nodes and the edges between them (mission.md, "The eight nodes"). */
import { isPending } from '../../shared/model/mapping.ts';
import type { NodeId, RunState } from '../../shared/model/project.ts';
import { END, type Graph, type GraphNode } from '../graph/graph.ts';
import type { NodeDependencies } from './dependencies.ts';
import { discoveryNode } from './discovery/discovery-node.ts';
import { documentorNode } from './documentor/documentor-node.ts';
import { evaluatorNode } from './evaluator/evaluator-node.ts';
import { mapperNode } from './mapper/mapper-node.ts';
import { rectifierNode } from './rectifier/rectifier-node.ts';
import { reviewNode, wantsFreshAttempt } from './review/review-node.ts';
import { canRepair, sqlGeneratorNode } from './sql-generator/sql-generator-node.ts';
import { validationNode } from './validation/validation-node.ts';

/** A missing or surplus node does not compile. */
const builders = {
  discovery: discoveryNode,
  mapper: mapperNode,
  evaluator: evaluatorNode,
  review: reviewNode,
  rectifier: rectifierNode,
  sql: sqlGeneratorNode,
  documents: documentorNode,
  validation: validationNode,
} satisfies Record<NodeId, (dependencies: NodeDependencies) => GraphNode<RunState>>;

export function createPipelineGraph(dependencies: NodeDependencies): Graph<RunState> {
  const nodes = Object.entries(builders).map(([id, build]) => [id, build(dependencies)] as const);
  return {
    entry: 'discovery',
    nodes: new Map(nodes),
    next: (id, state) => nextNode(id as NodeId, state, dependencies),
  };
}

function nextNode(id: NodeId, state: RunState, { reviewPolicy }: NodeDependencies): NodeId | typeof END {
  switch (id) {
    case 'discovery':
      return 'mapper';
    case 'mapper':
      return 'evaluator';
    case 'evaluator': {
      const open = (state.mappings ?? []).some(isPending);
      return state.evaluation?.needsReview === true || open ? 'review' : 'rectifier';
    }
    case 'review':
      return wantsFreshAttempt(state, reviewPolicy) ? 'mapper' : 'rectifier';
    case 'rectifier':
      return 'sql';
    case 'sql':
      return 'documents';
    case 'documents':
      return 'validation';
    case 'validation':
      return state.validation?.result === 'FAIL' && canRepair(state) ? 'sql' : END;
  }
}
