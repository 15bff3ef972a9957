import type { RunState } from '../../../shared/model/project.ts';
import { writeDocuments } from '../../documents/write-documents.ts';
import type { GraphNode } from '../../graph/graph.ts';

/** Node 7: the ten documents from the facts of the run. */
export function documentorNode(): GraphNode<RunState> {
  return {
    id: 'documents',
    writes: ['documents'],
    run: async (state) => ({ writes: { documents: writeDocuments(state) } }),
  };
}
