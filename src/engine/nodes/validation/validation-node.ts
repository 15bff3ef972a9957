import type { RunState } from '../../../shared/model/project.ts';
import { documentsComplete } from '../../documents/documents-complete.ts';
import type { GraphNode } from '../../graph/graph.ts';
import { validateMigration } from './validate-migration.ts';

/** Node 8: the verdict on the whole: PASS, WARNING or FAIL, each check with its reason. */
export function validationNode(): GraphNode<RunState> {
  return {
    id: 'validation',
    writes: ['validation'],
    run: async (state) => ({
      writes: { validation: validateMigration(state, documentsComplete(state.documents ?? [])) },
    }),
  };
}
