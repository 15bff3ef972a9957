import type { PipelineNode, QualityCheck } from './model.ts';

const reconcileBelow = 0.8;

/** The checks that every pipeline gets of a node: counts, NULLs and duplicates and the schema of a sink, a comparison for a doubtful one. */
export function qualityChecks(node: PipelineNode): readonly QualityCheck[] {
  const doubtful: readonly QualityCheck[] =
    node.confidence < reconcileBelow ? [{ check: 'low_confidence_reconciliation', node: node.id }] : [];
  if (node.type !== 'sink') return doubtful;
  const required = (node.columns ?? []).filter((column) => column.nullable === false).map((column) => column.name);
  const key = node.config?.['key'];
  const keys = Array.isArray(key) ? key.filter((one): one is string => typeof one === 'string') : [];
  return [
    { check: 'row_count', node: node.id, min: 1 },
    {
      check: 'null_percentage',
      node: node.id,
      max: required.length === 0 ? 100 : 0,
      ...(required.length === 0 ? {} : { columns: required }),
    },
    { check: 'duplicate', node: node.id, max: 0, ...(keys.length === 0 ? {} : { columns: keys }) },
    { check: 'schema_validation', node: node.id },
    ...doubtful,
  ];
}
