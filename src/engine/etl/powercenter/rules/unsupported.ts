import type { EtlTransformation } from '../../../../shared/model/etl.ts';
import { isOutputPort } from '../ports.ts';
import { propertyOf } from '../properties.ts';
import { NodeDraft, portColumn, portStream } from '../convert/node-draft.ts';
import type { Rule, RuleContext, RuleResult } from '../convert/rule.ts';

const shown = new Set([
  'Tracing Level',
  'OBJECTVERSION',
  'VERSIONNUMBER',
  'Is Partitionable',
  'Output is deterministic',
  'Output is repeatable',
]);

/** What the transformation does, as text: its attributes and the expressions of its ports. */
function originalOf(transformation: EtlTransformation): string {
  const properties = transformation.properties
    .filter((property) => property.value !== null && property.value.trim() !== '' && !shown.has(property.name))
    .map((property) => `${property.name}: ${property.value ?? ''}`);
  const ports = transformation.ports
    .filter((port) => port.expression !== null)
    .map((port) => `${port.name} = ${port.expression ?? ''}`);
  return [`${transformation.type} ${transformation.name}`, ...properties, ...ports].join('\n');
}

/** A node that keeps what could not be converted and fails when it is run. */
export function unsupportedResult(transformation: EtlTransformation, context: RuleContext, reason: string): RuleResult {
  const draft = new NodeDraft(transformation, context, 0);
  const relation = context.input(transformation);
  draft.dependOn(relation.inputs);
  draft.doubt(`${reason}. Rewrite ${transformation.id} by hand; its original is kept in the node.`, 0, 'error');
  const outputs = transformation.ports.filter(isOutputPort);
  const groups = [...new Set(outputs.map((port) => port.group))];
  const node = draft.node({
    operator: 'unsupported',
    config: { source_type: propertyOf(transformation.properties, 'TEMPLATENAME') ?? transformation.type },
    columns: outputs.map((port) => portColumn(port, port.expression === null ? {} : { original: port.expression })),
    confidence: 0,
    conversion: 'unsupported',
    original: originalOf(transformation),
  });
  const streams = (groups.length === 0 ? [null] : groups).map((group) => ({
    group,
    stream: portStream(
      draft.id,
      outputs.filter((port) => port.group === group),
      context,
      relation.operation !== null,
    ),
  }));
  return draft.result([node], streams);
}

const reasons: ReadonlyMap<string, string> = new Map([
  ['Stored Procedure', 'A stored procedure runs in the database, and its code is not in the file'],
  ['External Procedure', 'An external procedure is a program, and its code is not in the file'],
  ['Advanced External Procedure', 'An external procedure is a program, and its code is not in the file'],
  ['XML Parser', 'DuckDB has no reader for XML, which the transformation takes apart'],
  ['XML Generator', 'DuckDB has no writer for XML, which the transformation makes'],
  ['Unstructured Data', 'The documents are taken apart by a service of their own'],
  ['Data Masking', 'The masks use keys and dictionaries of the repository'],
  ['Identity Resolution', 'The matching uses populations of the repository'],
  ['Complex Data', 'The documents are taken apart by a service of their own'],
  ['HTTP', 'An HTTP request leaves the pipeline'],
  ['SQL', 'Its statements are run in the database for each row'],
  ['Java', 'Java code has no SQL equivalent'],
  ['Custom Transformation', 'A custom transformation is a program'],
]);

/** Everything that no other rule converts. */
export const unsupportedRule: Rule = {
  types: [],
  readsOrder: () => false,
  convert(transformation, context) {
    const kind = propertyOf(transformation.properties, 'TEMPLATENAME') ?? transformation.type;
    const unresolved =
      propertyOf(transformation.properties, 'unresolved') === 'YES'
        ? `${kind} ${transformation.name} is not defined in the files given`
        : null;
    return unsupportedResult(
      transformation,
      context,
      unresolved ??
        reasons.get(kind.replace(/ Transform(?:ation)?$/, '')) ??
        reasons.get(transformation.type) ??
        `No rule converts ${kind}`,
    );
  },
};
