import { PortolanError } from '../../../shared/errors.ts';
import type { RunState } from '../../../shared/model/project.ts';
import { tablesOf } from '../../core/sides.ts';
import type { GraphNode } from '../../graph/graph.ts';
import type { NodeDependencies } from '../dependencies.ts';
import { discover } from './discover.ts';

/** Node 1: files become normalised schemas, relationships and figures of data quality. */
export function discoveryNode(dependencies: NodeDependencies): GraphNode<RunState> {
  return {
    id: 'discovery',
    writes: ['discovery'],
    async run({ inputs, settings }, { signal, report }) {
      const discovery = await discover({ inputs, settings }, dependencies, { signal, report });
      for (const side of ['source', 'target'] as const) {
        if (tablesOf(discovery, side).some((table) => table.columns.length > 0)) continue;
        const reason =
          discovery.diagnostics.find((diagnostic) => diagnostic.severity === 'error')?.message ??
          'the files hold no tables';
        throw new PortolanError('INPUT_INVALID', `Nothing was understood of the ${side} side: ${reason}`, {
          hint: `Add DDL or data files of the ${side}.`,
        });
      }
      return { writes: { discovery } };
    },
  };
}
