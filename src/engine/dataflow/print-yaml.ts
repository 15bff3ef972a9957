/** DataFlow documents as YAML text: the same document gives the same bytes. */
import { Document, Scalar, visit, YAMLMap, YAMLSeq } from 'yaml';
import type { DataFlow, Pipeline, Workflow } from './model.ts';

const keyOrder = [
  'apiVersion',
  'kind',
  'id',
  'task',
  'check',
  'node',
  'output',
  'name',
  'role',
  'description',
  'origin',
  'tool',
  'file',
  'object',
  'sha256',
  'parameters',
  'connections',
  'tables',
  'macros',
  'nodes',
  'tasks',
  'quality',
  'type',
  'operator',
  'connector',
  'connection',
  'secret',
  'schema',
  'pipeline',
  'config',
  'depends_on',
  'condition',
  'nullable',
  'expression',
  'from',
  'key',
  'columns',
  'references',
  'table',
  'to',
  'default',
  'sql',
  'outputs',
  'confidence',
  'conversion',
  'original',
  'notes',
  'min',
  'max',
  'metadata',
  'dialect',
  'generated_at',
  'generator',
  'overall_confidence',
  'warnings_count',
];
const rank = new Map(keyOrder.map((key, index) => [key, index]));

/** Members in the order of the contract; members that it does not name come last, by name. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  entries.sort(([a], [b]) => (rank.get(a) ?? keyOrder.length) - (rank.get(b) ?? keyOrder.length) || (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, ordered(inner)]));
}

function isShort(map: YAMLMap): boolean {
  if (
    map.items.some(
      (pair) =>
        pair.value instanceof YAMLMap ||
        (pair.value instanceof YAMLSeq && pair.value.items.some((item) => !(item instanceof Scalar))),
    )
  )
    return false;
  const text = JSON.stringify(map.toJSON());
  return text.length <= 120 && !text.includes('\\n');
}

/** The document as YAML: columns and other small members on one line, SQL as block text. */
export function printYaml(document: DataFlow | Pipeline | Workflow): string {
  const yaml = new Document(ordered(document), { aliasDuplicateObjects: false });
  visit(yaml, {
    Map(_key, node, path) {
      if (path.length > 1 && path.at(-1) instanceof YAMLSeq && isShort(node)) node.flow = true;
    },
    Seq(_key, node) {
      if (
        node.items.length > 0 &&
        node.items.every((item) => item instanceof Scalar) &&
        JSON.stringify(node.toJSON()).length <= 120
      )
        node.flow = true;
    },
    Scalar(_key, node) {
      if (typeof node.value === 'string' && node.value.includes('\n')) node.type = Scalar.BLOCK_LITERAL;
      else if (typeof node.value === 'string' && /^\d{4}-\d\d-\d\d/.test(node.value)) node.type = Scalar.QUOTE_SINGLE;
    },
  });
  return yaml.toString({ lineWidth: 0, singleQuote: true, flowCollectionPadding: true });
}
