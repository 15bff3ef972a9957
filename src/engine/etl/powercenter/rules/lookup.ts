import type { EtlTransformation } from '../../../../shared/model/etl.ts';
import { quoteLiteral } from '../../../core/text.ts';
import { sqlName } from '../../../dataflow/sql-name.ts';
import { isYes } from '../properties.ts';
import { isInputPort, isLookupPort, isOutputPort, toColumnSqlType, toScalarType } from '../ports.ts';
import { usableDefault } from '../convert/default-value.ts';
import { coerce, environmentOf, translateValue, type KnownColumn } from '../convert/expression.ts';
import {
  cacheOrder,
  ignoresCase,
  lookupCondition,
  lookupKeys,
  lookupParts,
  lookupSelect,
  type LookupParts,
} from '../convert/lookup-relation.ts';
import { carried, fromColumn, NodeDraft, portColumn, portStream } from '../convert/node-draft.ts';
import type { Rule, RuleContext, RuleResult } from '../convert/rule.ts';
import { indent, printSelect, type SelectItem } from '../convert/select.ts';
import { seqColumn, type InputRelation } from '../convert/stream.ts';
import { unsupportedResult } from './unsupported.ts';

function isConnected(transformation: EtlTransformation, context: Pick<RuleContext, 'graph'>): boolean {
  return context.graph.incoming(transformation.id).length > 0 || context.graph.outgoing(transformation.id).length > 0;
}

function noteComparison(transformation: EtlTransformation, parts: LookupParts, draft: NodeDraft): void {
  if (ignoresCase(transformation))
    draft.doubt('The lookup compares texts without regard to case: here they are compared letter by letter', 0.7);
  if (parts.policy === 'any')
    draft.note('Use Any Value: the first match in the order of all lookup ports is taken, so that runs agree');
}

function configOf(
  parts: LookupParts,
  connected: boolean,
  from: (port: string) => string | null,
): Record<string, string | boolean | readonly Record<string, string>[]> {
  return {
    table: parts.table.name,
    role: parts.table.role,
    connected,
    policy: parts.policy,
    condition: parts.condition,
    keys: parts.keys.map((key) => ({
      left: from(key.input.name) ?? key.input.name,
      operator: key.operator,
      right: `${parts.table.name}.${key.lookup.name}`,
    })),
    ...(parts.override === null ? {} : { query: parts.override }),
    ...(parts.filter === null ? {} : { filter: parts.filter }),
  };
}

/** The rows of a lookup that expressions call with :LKP, one a key. */
export function unconnectedLookup(transformation: EtlTransformation, context: RuleContext): RuleResult {
  const parts = lookupParts(transformation, context);
  if (parts === null) return unsupportedResult(transformation, context, 'The lookup condition cannot be read');
  const draft = new NodeDraft(transformation, { ...context, ordered: false }, 0.95);
  noteComparison(transformation, parts, draft);
  const { sql, macros } = lookupSelect(parts, draft, context);
  const node = draft.node({
    operator: 'lookup',
    config: configOf(parts, false, () => null),
    columns: parts.ports.map((port) => portColumn(port, { from: [`${parts.table.name}.${port.name}`] })),
    sql,
  });
  const result = draft.result([node], []);
  return { ...result, macros: [...result.macros, ...macros] };
}

function outputItem(parts: {
  readonly port: EtlTransformation['ports'][number];
  readonly transformation: EtlTransformation;
  readonly context: RuleContext;
  readonly draft: NodeDraft;
}): SelectItem {
  const { port, transformation, context, draft } = parts;
  if (!isLookupPort(port)) return { sql: `i.${sqlName(port.name)}`, name: port.name };
  const text = usableDefault(port.defaultValue);
  const found = `CAST(l.${sqlName(port.name)} AS ${toColumnSqlType(port)})`;
  if (text === null) return { sql: found, name: port.name };
  const value = draft.take(
    coerce(translateValue(text, environmentOf(transformation, context, new Map())), port, context),
    port.name,
  );
  return { sql: `CASE WHEN l.__hit THEN ${found} ELSE ${value.sql} END`, name: port.name };
}

function inputSelect(relation: InputRelation, columns: ReadonlyMap<string, KnownColumn>, draft: NodeDraft): string {
  return printSelect({
    items: [
      ...[...columns].map(([name, column]): SelectItem => ({ sql: column.sql, name })),
      ...(relation.seq === null ? [] : [{ sql: relation.seq, name: seqColumn }]),
      ...(relation.operation === null ? [] : [{ sql: relation.operation, name: '__op' }]),
    ],
    from: relation.from ?? '(SELECT 1 WHERE FALSE)',
    where: draft.rejectClause(relation.from),
  });
}

function connectedLookup(transformation: EtlTransformation, context: RuleContext): RuleResult {
  const parts = lookupParts(transformation, context);
  if (parts === null) return unsupportedResult(transformation, context, 'The lookup condition cannot be read');
  const draft = new NodeDraft(transformation, context, 0.95);
  noteComparison(transformation, parts, draft);
  const relation = context.input(transformation);
  const columns = draft.inputColumns(relation);
  const looked = lookupSelect(parts, draft, context);
  const input = (name: string): KnownColumn => ({
    sql: `i.${sqlName(name)}`,
    type: columns.get(name)?.type ?? 'unknown',
  });
  const on = lookupCondition(parts, 'l', (port) => ({
    ...input(port.name),
    type: columns.get(port.name)?.type ?? toScalarType(port),
  }));
  const ports = transformation.ports.filter(isOutputPort);
  const items = ports.map((port) => outputItem({ port, transformation, context, draft }));
  const renumbered = `row_number() OVER (ORDER BY i.${seqColumn}, ${cacheOrder(parts, 'l.')})`;
  const guard =
    parts.policy === 'error' && parts.equalityOnly
      ? [
          `CASE WHEN l.__matches > 1 THEN error(${quoteLiteral(`${transformation.id}: more than one match`)}) ELSE TRUE END`,
        ]
      : [];
  const sql = printSelect({
    items: [
      ...items,
      ...carried(
        context,
        parts.policy === 'all' ? renumbered : `i.${seqColumn}`,
        relation.operation === null ? null : 'i.__op',
      ),
    ],
    from: `(\n${indent(inputSelect(relation, columns, draft))}\n) AS i LEFT JOIN (\n${indent(looked.sql)}\n) AS l ON ${on}`,
    where: guard,
    ...(parts.policy === 'all' || parts.equalityOnly
      ? {}
      : { qualify: `row_number() OVER (PARTITION BY i.${seqColumn} ORDER BY ${cacheOrder(parts, 'l.')}) = 1` }),
  });
  const node = draft.node({
    operator: 'lookup',
    config: configOf(parts, true, (port) => columns.get(port)?.from ?? null),
    columns: ports.map((port) =>
      portColumn(
        port,
        isLookupPort(port) ? { from: [`${parts.table.name}.${port.name}`] } : fromColumn(columns.get(port.name)?.from),
      ),
    ),
    sql,
  });
  const result = draft.result(
    [node],
    [{ group: null, stream: portStream(draft.id, ports, context, relation.operation !== null) }],
  );
  return { ...result, macros: [...result.macros, ...looked.macros] };
}

/** Lookup: rows joined with the looked-up table; NULL equals NULL, and the policy decides among several matches. */
export const lookupRule: Rule = {
  types: ['Lookup Procedure', 'Lookup'],
  readsOrder: (transformation) => (lookupKeys(transformation) ?? []).some((key) => key.operator !== '='),
  convert(transformation, context) {
    if (isYes(transformation.properties, 'Dynamic Lookup Cache')) {
      return unsupportedResult(
        transformation,
        context,
        'A dynamic lookup cache changes while rows pass; it has to be redesigned as an upsert',
      );
    }
    if (!isConnected(transformation, context)) return unconnectedLookup(transformation, context);
    return transformation.ports.some((port) => isInputPort(port) && !isLookupPort(port))
      ? connectedLookup(transformation, context)
      : unsupportedResult(transformation, context, 'The lookup has no input port');
  },
};
