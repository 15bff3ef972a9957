/** The looked-up rows of a Lookup: table or override, filtered, one row a key unless all matches are wanted. */
import type { EtlPort, EtlTransformation } from '../../../../shared/model/etl.ts';
import type { PipelineTable } from '../../../dataflow/model.ts';
import { sqlName, tableRelation } from '../../../dataflow/sql-name.ts';
import { isLookupPort, scalarOfSqlType } from '../ports.ts';
import { propertyOf } from '../properties.ts';
import { lookupComparison, parseComparisons } from './comparisons.ts';
import type { NodeDraft } from './node-draft.ts';
import { declareColumnsRead, noteColumnsRead } from './query-columns.ts';
import type { RuleContext } from './rule.ts';
import { printSelect, type SelectItem } from './select.ts';
import { rewriteSourceSql } from '../../source-sql/rewrite-sql.ts';
import { portNamed } from './stream.ts';
import type { KnownColumn } from './expression.ts';
import type { ComparisonOperator } from '../../../expr/ast.ts';

const maximumOverride = 20_000;

export type MatchPolicy = 'first' | 'last' | 'any' | 'all' | 'error';

export interface LookupKey {
  readonly lookup: EtlPort;
  readonly operator: ComparisonOperator;
  readonly input: EtlPort;
}

export interface LookupParts {
  readonly table: PipelineTable;
  readonly ports: readonly EtlPort[];
  readonly keys: readonly LookupKey[];
  readonly policy: MatchPolicy;
  readonly equalityOnly: boolean;
  readonly override: string | null;
  readonly filter: string | null;
  readonly condition: string;
}

function policyOf(text: string | null): MatchPolicy {
  const lower = text?.toLowerCase() ?? '';
  if (lower.includes('first')) return 'first';
  if (lower.includes('last')) return 'last';
  if (lower.includes('all')) return 'all';
  return lower.includes('error') ? 'error' : 'any';
}

/** The comparisons of a lookup condition with its table column on the left. */
export function lookupKeys(transformation: EtlTransformation): readonly LookupKey[] | null {
  const comparisons = parseComparisons(propertyOf(transformation.properties, 'Lookup condition') ?? '');
  if (comparisons === null) return null;
  const flipped: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
    '=': '=',
    '<>': '<>',
    '<': '>',
    '<=': '>=',
    '>': '<',
    '>=': '<=',
  };
  const found: LookupKey[] = [];
  for (const { left, operator, right } of comparisons) {
    const leftPort = portNamed(transformation, left);
    const rightPort = portNamed(transformation, right);
    if (leftPort === null || rightPort === null) return null;
    if (isLookupPort(leftPort)) found.push({ lookup: leftPort, operator, input: rightPort });
    else if (isLookupPort(rightPort)) found.push({ lookup: rightPort, operator: flipped[operator], input: leftPort });
    else return null;
  }
  return found;
}

function roleOf(name: string, transformation: EtlTransformation, context: RuleContext): 'source' | 'target' {
  const connection = propertyOf(transformation.properties, 'Connection Information') ?? '';
  if (/^\$source$/i.test(connection)) return 'source';
  const isTarget = context.mapping.transformations.some(
    (one) => one.kind === 'target' && one.name.toLowerCase() === name.toLowerCase(),
  );
  return isTarget ? 'target' : 'source';
}

function isFlatFile({ properties }: EtlTransformation): boolean {
  return /flat file/i.test(propertyOf(properties, 'Source Type') ?? '');
}

/** Whether texts are equal in spite of their case: the tool compares those of files itself. */
export function ignoresCase(transformation: EtlTransformation): boolean {
  const sensitive = propertyOf(transformation.properties, 'Case Sensitive String Comparison') ?? 'YES';
  return isFlatFile(transformation) && sensitive.toUpperCase() === 'NO';
}

function tableOf(transformation: EtlTransformation, context: RuleContext): PipelineTable {
  const full = propertyOf(transformation.properties, 'Lookup table name') ?? transformation.name;
  const parts = isFlatFile(transformation) ? [full] : full.replaceAll(/["[\]]/g, '').split('.');
  const name = parts.at(-1)?.trim() ?? full;
  const role = roleOf(name, transformation, context);
  const definition = context.file.definitions.find(
    (one) => one.role === role && one.table.name.toLowerCase() === name.toLowerCase(),
  );
  const declared = definition === undefined ? name : context.tables.addDefinition(definition).name;
  return context.tables.addUsed(
    role,
    declared,
    parts.length > 1 ? parts.slice(0, -1).join('.') : null,
    transformation.ports.filter(isLookupPort),
  );
}

/** What a Lookup looks up and how, or null where its condition cannot be read. */
export function lookupParts(transformation: EtlTransformation, context: RuleContext): LookupParts | null {
  const keys = lookupKeys(transformation);
  if (keys === null || keys.length === 0) return null;
  return {
    table: tableOf(transformation, context),
    ports: transformation.ports.filter(isLookupPort),
    keys,
    policy: policyOf(propertyOf(transformation.properties, 'Lookup policy on multiple match')),
    equalityOnly: keys.every((key) => key.operator === '='),
    override: propertyOf(transformation.properties, 'Lookup Sql Override'),
    filter: propertyOf(transformation.properties, 'Lookup Source Filter'),
    condition: propertyOf(transformation.properties, 'Lookup condition') ?? '',
  };
}

const ownOrder = '__order';
const endsInOrder = /\border\s+by\b[^()]*(?:\([^()]*\)[^()]*)*$/i;

/** Whether the override says in which order the cache holds rows: it then ends in ORDER BY, and two dashes cut off the tool's own. */
function hasOwnOrder({ override }: LookupParts): boolean {
  return override !== null && override.length <= maximumOverride && endsInOrder.test(override.replace(/\s+/g, ' '));
}

/** The order in which the cache holds rows: by all lookup ports, or as the override says; the other way round for the last. */
export function cacheOrder(parts: LookupParts, alias = ''): string {
  const names = hasOwnOrder(parts) ? [ownOrder] : parts.ports.map((port) => port.name);
  return names
    .map((name) => `${alias}${sqlName(name)}${parts.policy === 'last' ? ' DESC NULLS FIRST' : ' NULLS LAST'}`)
    .join(', ');
}

/** The SELECT of the looked-up rows with `__hit`, and `__matches` where more than one match is an error. */
export function lookupSelect(
  parts: LookupParts,
  draft: NodeDraft,
  context: RuleContext,
): { readonly sql: string; readonly macros: readonly string[] } {
  const macros: string[] = [];
  const resolve = (name: string): Pick<PipelineTable, 'name' | 'role'> | null => {
    if (name.toLowerCase() === parts.table.name.toLowerCase()) return parts.table;
    return context.tables.find('source', name) ?? context.tables.find('target', name);
  };
  const rewrite = (text: string, what: string): string => {
    const rewritten = rewriteSourceSql(text, { resolve });
    macros.push(...rewritten.macros);
    if (rewritten.foreign.length > 0)
      draft.doubt(
        `${what} uses ${rewritten.foreign.join(', ')}, which DuckDB does not have; rewrite the query`,
        0.5,
        'error',
      );
    for (const table of rewritten.unknownTables) {
      draft.doubt(`${what} reads ${table}, which the file does not define`, 0.7);
      context.tables.addUsed('source', table, null, []);
    }
    const query = /^\s*(?:select|with)\b/i.test(text) ? text : `SELECT 1 FROM ${parts.table.name} WHERE ${text}`;
    noteColumnsRead(draft, what, declareColumnsRead(query, resolve, { tables: context.tables, ports: [] }));
    return rewritten.sql;
  };
  const overridden = (query: string): string =>
    hasOwnOrder(parts)
      ? `(\nSELECT *, row_number() OVER () AS ${ownOrder} FROM (\n${query}\n)) AS q`
      : `(\n${query}\n) AS q`;
  if (parts.override !== null)
    draft.doubt('The lookup override is kept as written for the source database; check it in DuckDB', 0.86);
  const items = parts.ports.map((port): SelectItem => ({ sql: sqlName(port.name), name: port.name }));
  const keys = parts.keys.map((key) => sqlName(key.lookup.name)).join(', ');
  const single = parts.policy !== 'all' && parts.equalityOnly;
  const sql = printSelect({
    items: [
      ...items,
      { sql: 'TRUE', name: '__hit' },
      ...(hasOwnOrder(parts) ? [{ sql: ownOrder, name: ownOrder }] : []),
      ...(parts.policy === 'error' && single
        ? [{ sql: `count(*) OVER (PARTITION BY ${keys})`, name: '__matches' }]
        : []),
    ],
    from:
      parts.override === null ? tableRelation(parts.table) : overridden(rewrite(parts.override, 'Lookup Sql Override')),
    ...(parts.filter === null || parts.override !== null
      ? {}
      : { where: [rewrite(parts.filter, 'Lookup Source Filter')] }),
    ...(single ? { qualify: `row_number() OVER (PARTITION BY ${keys} ORDER BY ${cacheOrder(parts)}) = 1` } : {}),
  });
  return { sql, macros };
}

/** The condition as SQL: lookup columns with `alias`, inputs as given. */
export function lookupCondition(parts: LookupParts, alias: string, input: (port: EtlPort) => KnownColumn): string {
  return parts.keys
    .map((key) => {
      const column = parts.table.columns.find((one) => one.name.toLowerCase() === key.lookup.name.toLowerCase());
      const type = scalarOfSqlType(column?.type ?? '');
      return lookupComparison({ sql: `${alias}.${sqlName(key.lookup.name)}`, type }, key.operator, input(key.input));
    })
    .join(' AND ');
}
