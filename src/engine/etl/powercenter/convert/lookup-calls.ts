/** Calls of unconnected lookups in expressions: a subquery over the lookup's node. */
import type { ExpressionEnv, LookupCall } from '../../../expr/environment.ts';
import { quoteLiteral } from '../../../core/text.ts';
import { sqlName } from '../../../dataflow/sql-name.ts';
import { isInputPort, isLookupPort, toColumnSqlType, toScalarType } from '../ports.ts';
import { unconnectedLookup } from '../rules/lookup.ts';
import { cacheOrder, lookupCondition, lookupParts } from './lookup-relation.ts';
import type { NodeDraft } from './node-draft.ts';
import type { RuleResult } from './rule.ts';

export interface LookupCalls {
  readonly resolve: NonNullable<ExpressionEnv['resolveLookup']>;
  /** The nodes of lookups that were called. */
  readonly results: () => readonly RuleResult[];
}

/** Resolves :LKP calls of one transformation; the draft comes to depend on every lookup that is called. */
export function lookupCalls(draft: NodeDraft): LookupCalls {
  const { context } = draft;
  const found = new Map<string, RuleResult>();
  const resolve = (call: LookupCall): ReturnType<LookupCalls['resolve']> => {
    const transformation = context.lookupNamed(call.name);
    if (transformation === null) return null;
    const parts = lookupParts(transformation, context);
    const returned = transformation.ports.find((port) => port.direction === 'return');
    const inputs = transformation.ports.filter((port) => isInputPort(port) && !isLookupPort(port));
    if (parts === null || returned === undefined) return null;
    const nodeName = context.nodeId(transformation.id);
    if (!found.has(nodeName)) {
      const result = unconnectedLookup(transformation, context);
      found.set(nodeName, result);
      draft.dependOn([{ node: nodeName }]);
    }
    const on = lookupCondition(parts, 'l', (port) => {
      const position = inputs.findIndex((one) => one.name === port.name);
      return { sql: call.args[position] ?? 'NULL', type: toScalarType(port) };
    });
    const column = `l.${sqlName(returned.name)}`;
    const single = parts.equalityOnly && parts.policy !== 'all';
    const first = single ? `any_value(${column})` : `first(${column} ORDER BY ${cacheOrder(parts, 'l.')})`;
    const several = single ? 'max(l.__matches) > 1' : 'count(*) > 1';
    const failure = `error(${quoteLiteral(`${transformation.id}: more than one match`)})`;
    const value = parts.policy === 'error' ? `CASE WHEN ${several} THEN ${failure} ELSE ${first} END` : first;
    return {
      sql: `(SELECT CAST(${value} AS ${toColumnSqlType(returned)}) FROM ${sqlName(nodeName)} AS l WHERE ${on})`,
      type: toScalarType(returned),
    };
  };
  return { resolve, results: () => [...found.values()] };
}
