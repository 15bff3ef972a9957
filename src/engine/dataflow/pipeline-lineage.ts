import type { Pipeline, PipelineNode } from './model.ts';
import { relationName } from './sql-name.ts';

interface ColumnOrigin {
  readonly to: string;
  readonly from: string;
}

/** Each column of the node with the columns that it is made of. */
export function nodeLineage(node: PipelineNode): readonly ColumnOrigin[] {
  const own = (node.columns ?? []).map((column) => ({ relation: node.id, column }));
  const outputs = (node.outputs ?? []).flatMap((output) =>
    output.columns.map((column) => ({ relation: relationName({ node: node.id, output: output.name }), column })),
  );
  return [...own, ...outputs].flatMap(({ relation, column }) =>
    (column.from ?? []).map((from) => ({ to: `${relation}.${column.name}`, from })),
  );
}

/** Column-level lineage of all nodes. */
export function pipelineLineage(pipeline: Pipeline): readonly ColumnOrigin[] {
  return pipeline.nodes.flatMap(nodeLineage);
}
