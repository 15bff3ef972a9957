/** What a rule is too unsure of: kept with its original, for a model or a person. */
import type { ConvertedTransformation, JobIssue } from '../../shared/model/conversion.ts';
import type { EtlTransformation } from '../../shared/model/etl.ts';
import type { PipelineNode } from '../dataflow/model.ts';
import { thresholds } from './release-gate.ts';

const maximumOriginal = 20_000;

/** Whether nothing stands behind a conversion until a model or a person gives it. */
export function isOpen(conversion: string): boolean {
  return conversion === 'llm_unavailable' || conversion === 'unsupported';
}

/** A rule's result below the threshold is a draft, no conversion: it fails closed, and its original is kept. */
export function settled(node: PipelineNode, transformation: EtlTransformation): PipelineNode {
  if (node.conversion !== 'rule_engine' || node.confidence >= thresholds.review) return node;
  const expressions = transformation.ports.flatMap(({ name, expression }) =>
    expression === null ? [] : [`${name} = ${expression}`],
  );
  const settings = transformation.properties.flatMap(({ name, value }) =>
    value === null || value.trim() === '' ? [] : [`${name}: ${value}`],
  );
  const original = [`${transformation.type} ${transformation.name}`, ...expressions, ...settings].join('\n');
  return { ...node, confidence: 0, conversion: 'llm_unavailable', original: original.slice(0, maximumOriginal) };
}

/** `issues` with the code of a missing model on those of every open transformation, and one more where it has none. */
export function withOpenIssues(
  issues: readonly JobIssue[],
  transformations: readonly ConvertedTransformation[],
): readonly JobIssue[] {
  const open = transformations.filter((one) => isOpen(one.source));
  const namesOf = ({ id, type }: ConvertedTransformation): readonly string[] => [id, `${type} ${id}`];
  const names = new Set(open.flatMap(namesOf));
  const marked = issues.map((one): JobIssue =>
    one.severity === 'error' && names.has(one.where) ? { ...one, code: 'llm_unavailable' } : one,
  );
  const told = new Set(marked.flatMap((one) => (one.code === undefined ? [] : [one.where])));
  const untold = open.filter((one) => !namesOf(one).some((name) => told.has(name)));
  return [
    ...marked,
    ...untold.map(({ id }) => ({
      severity: 'warning' as const,
      code: 'llm_unavailable' as const,
      where: id,
      message: `No rule is sure enough of ${id} and no language model is connected. Write it by hand; its original is kept in the node.`,
      line: null,
    })),
  ];
}
