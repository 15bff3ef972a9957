import type { Pipeline } from './model.ts';
import { relationName } from './sql-name.ts';

/** Column-level lineage: each column of each node with the columns that it is made of. */
export function pipelineLineage(pipeline: Pipeline): readonly { readonly to: string; readonly from: string }[] {
  return pipeline.nodes.flatMap((node) => {
    const own = (node.columns ?? []).map((column) => ({ relation: node.id, column }));
    const outputs = (node.outputs ?? []).flatMap((output) =>
      output.columns.map((column) => ({ relation: relationName({ node: node.id, output: output.name }), column })),
    );
    return [...own, ...outputs].flatMap(({ relation, column }) =>
      (column.from ?? []).map((from) => ({ to: `${relation}.${column.name}`, from })),
    );
  });
}
