/**
 * One target table's load as DuckDB SQL in three steps, so that bad rows are kept and counted instead of failing the load:
 * stage (convert), rejects (rows that break a rule of the target, with the reason), insert (the rest).
 */
import type { Table } from '../../../shared/model/schema.ts';
import { quoteIdentifier, quoteLiteral } from '../../core/text.ts';
import { duckDbDefault } from '../dialects/duckdb/print-table.ts';
import { duckDbType } from '../dialects/duckdb/print-type.ts';
import { referencedKey } from '../load-order.ts';
import type { RelationNaming } from '../relation-names.ts';
import type { Feed, LoadPlan } from './plan-loads.ts';

export interface LoadContext {
  readonly names: RelationNaming;
  readonly source: ReadonlyMap<string, Table>;
  readonly target: ReadonlyMap<string, Table>;
  /** Target tables that are loaded before this one. */
  readonly loaded: ReadonlySet<string>;
  /** Target tables whose key other loads fill in from the source: numbers made up here would link the wrong rows. */
  readonly referenced: ReadonlySet<string>;
}

const q = quoteIdentifier;
const find = (table: Table | undefined, name: string) =>
  table?.columns.find((column) => column.name.toLowerCase() === name.toLowerCase());

/** An integer key that nothing feeds and nothing refers to is numbered in load order: a surrogate key. */
export function surrogateKey(
  plan: Pick<LoadPlan, 'target' | 'feeds'>,
  { target, referenced }: Pick<LoadContext, 'target' | 'referenced'>,
): string | null {
  const { feeds } = plan;
  const table = target.get(plan.target) as Table;
  if (referenced.has(plan.target)) return null;
  const key = table.primaryKey.length === 1 ? find(table, table.primaryKey[0] as string) : undefined;
  if (key === undefined || (key.type !== 'integer' && key.type !== 'decimal')) return null;
  if (feeds.some((feed) => feed.target.column.toLowerCase() === key.name.toLowerCase())) return null;
  const isReference = table.foreignKeys.some((fk) =>
    fk.columns.some((column) => column.toLowerCase() === key.name.toLowerCase()),
  );
  return isReference ? null : key.name;
}

/** The three statements, each ended by a semicolon, separated by blank lines. */
export function printLoad(plan: LoadPlan, context: LoadContext): string {
  return [printStage(plan, context), printRejects(plan, context), printInsert(plan, context)].join('\n\n');
}

function printStage(plan: LoadPlan, context: LoadContext): string {
  const { names, source, target } = context;
  const table = target.get(plan.target) as Table;
  const aliases = new Map([[plan.driving, 'd'], ...plan.joins.map((join, i) => [join.table, `j${i + 1}`] as const)]);
  const key = surrogateKey(plan, context);
  const columns = [
    'row_number() OVER (ORDER BY d.__row) AS __row',
    ...(key === null ? [] : [`row_number() OVER (ORDER BY d.__row) AS ${q(key)}`]),
    ...plan.feeds.map((feed) => `${aliases.get(sourceKey(feed))}.${q(feed.target.column)}`),
    `list_concat(${[...aliases.values()].map((alias) => `coalesce(${alias}.__lost, [])`).join(', ')}) AS __lost`,
  ];
  const joinColumns = plan.joins.flatMap((join) => join.on.map((pair) => pair.left));
  const from = `FROM (\n${printPart(plan.driving, plan, { names, source, table, keys: joinColumns, unique: false })}\n) AS d`;
  const joins = plan.joins.map((join) => {
    const alias = aliases.get(join.table) as string;
    const part = printPart(join.table, plan, {
      names,
      source,
      table,
      keys: join.on.map((pair) => pair.right),
      unique: true,
    });
    const on = join.on.map((pair) => `d.${q(keyName(pair.left))} = ${alias}.${q(keyName(pair.right))}`).join(' AND ');
    return `LEFT JOIN (\n${part}\n) AS ${alias} ON ${on}`;
  });
  return `CREATE OR REPLACE TABLE ${names.sql('stage', plan.target)} AS\nSELECT\n  ${columns.join(',\n  ')}\n${[from, ...joins].join('\n')};`;
}

const sourceKey = (feed: Feed): string =>
  feed.source.schema === null
    ? quoteDotted(feed.source.table)
    : `${quoteDotted(feed.source.schema)}.${quoteDotted(feed.source.table)}`;
const quoteDotted = (part: string): string => (part.includes('.') || part.includes('"') ? q(part) : part);
const keyName = (column: string): string => `__key_${column.toLowerCase()}`;

interface PartContext {
  readonly names: RelationNaming;
  readonly source: ReadonlyMap<string, Table>;
  readonly table: Table;
  readonly keys: readonly string[];
  readonly unique: boolean;
}

/** One source table's share: its expressions see only its own columns, so that names cannot clash across a join. */
function printPart(key: string, plan: LoadPlan, { names, source, table, keys, unique }: PartContext): string {
  const feeds = plan.feeds.filter((feed) => sourceKey(feed) === key);
  const values = feeds.map(
    (feed) => `${withDefault(printValue(feed, table, source.get(key)), feed, table)} AS ${q(feed.target.column)}`,
  );
  const lost = feeds.flatMap((feed) => printLost(feed, table, source.get(key)) ?? []);
  const distinctKeys = [...new Set(keys)];
  const columns = [
    'rowid AS __row',
    ...distinctKeys.map((column) => `${q(column)} AS ${q(keyName(column))}`),
    ...values,
    `${lost.length === 0 ? 'NULL::VARCHAR[]' : `list_filter([${lost.join(', ')}], lambda x: x IS NOT NULL)`} AS __lost`,
  ];
  const qualify = unique
    ? `\n  QUALIFY row_number() OVER (PARTITION BY ${distinctKeys.map(q).join(', ')} ORDER BY rowid) = 1`
    : '';
  return `  SELECT\n    ${columns.join(',\n    ')}\n  FROM ${names.sql('legacy', key)}${qualify}`;
}

/** The expression, cast to the target's type unless it has that type already. */
function printValue(feed: Feed, table: Table, source: Table | undefined): string {
  const target = find(table, feed.target.column);
  const type = target === undefined ? 'VARCHAR' : duckDbType(target);
  const column = find(source, feed.source.column);
  const bare =
    feed.transformation.expression.trim() === feed.source.column ||
    feed.transformation.expression.trim() === q(feed.source.column);
  const expression = bare ? q(feed.source.column) : `(${feed.transformation.expression})`;
  if (bare && column !== undefined && duckDbType(column) === type) return expression;
  // An expression that is one cast to that very type needs no second one.
  if (/^\((?:TRY_)?CAST\(.*\)\)$/s.test(expression) && expression.endsWith(` AS ${type}))`))
    return expression.slice(1, -1);
  return `TRY_CAST(${expression} AS ${type})`;
}

/** The default that a required column takes where the source has no value; null for every other column. */
export function standInDefault(table: Table, name: string): string | null {
  const column = find(table, name);
  if (
    column === undefined ||
    column.nullable ||
    table.primaryKey.some((key) => key.toLowerCase() === name.toLowerCase())
  )
    return null;
  return duckDbDefault(column);
}

function withDefault(value: string, feed: Feed, table: Table): string {
  const preset = standInDefault(table, feed.target.column);
  const column = find(table, feed.target.column);
  return preset === null || column === undefined
    ? value
    : `coalesce(${value}, CAST(${preset} AS ${duckDbType(column)}))`;
}

/** Names the target column where a value was there and its conversion gave nothing. */
function printLost(feed: Feed, table: Table, source: Table | undefined): string | null {
  const { type } = feed.transformation;
  if (type !== 'direct' && type !== 'cast') return null;
  const value = printValue(feed, table, source);
  if (value === q(feed.source.column)) return null;
  const given = `nullif(trim(CAST(${q(feed.source.column)} AS VARCHAR)), '') IS NOT NULL`;
  return `CASE WHEN ${given} AND ${value} IS NULL THEN ${quoteLiteral(feed.target.column)} END`;
}

function printRejects(plan: LoadPlan, context: LoadContext): string {
  const table = context.target.get(plan.target) as Table;
  const present = new Set(plan.feeds.map((feed) => feed.target.column.toLowerCase()));
  const key = surrogateKey(plan, context);
  if (key !== null) present.add(key.toLowerCase());
  const rules = [
    ...missingKeyRules(table, present),
    ...requiredRules(table, present),
    ...lengthRules(table, present),
    ...keyRules(table, present),
    ...parentRules(table, plan.target, present, context),
  ];
  const reason =
    rules.length === 0
      ? 'NULL::VARCHAR'
      : `CASE\n    ${rules.map((rule) => `WHEN ${rule.when} THEN ${quoteLiteral(rule.reason)}`).join('\n    ')}\n  END`;
  return `CREATE OR REPLACE TABLE ${context.names.sql('rejects', plan.target)} AS\nSELECT * FROM (\n  SELECT s.*, ${reason} AS __reason\n  FROM ${context.names.sql('stage', plan.target)} AS s\n) WHERE __reason IS NOT NULL;`;
}

interface Rule {
  readonly when: string;
  readonly reason: string;
}

/** A key column that nothing feeds and that cannot be numbered: no row can be loaded, and each says why. */
function missingKeyRules(table: Table, present: ReadonlySet<string>): readonly Rule[] {
  const missing = table.primaryKey.filter((column) => !present.has(column.toLowerCase()));
  return missing.map((column) => ({ when: 'TRUE', reason: `${column} is part of the key and nothing feeds it` }));
}

function requiredRules(table: Table, present: ReadonlySet<string>): readonly Rule[] {
  const required = table.columns.filter(
    (column) =>
      present.has(column.name.toLowerCase()) &&
      (!column.nullable || table.primaryKey.some((key) => key.toLowerCase() === column.name.toLowerCase())),
  );
  return required.map((column) => ({ when: `s.${q(column.name)} IS NULL`, reason: `${column.name} is required` }));
}

function lengthRules(table: Table, present: ReadonlySet<string>): readonly Rule[] {
  const bounded = table.columns.filter(
    (column) => column.type === 'string' && column.length !== null && present.has(column.name.toLowerCase()),
  );
  return bounded.map((column) => ({
    when: `length(s.${q(column.name)}) > ${column.length}`,
    reason: `${column.name} is longer than ${column.length}`,
  }));
}

function keyRules(table: Table, present: ReadonlySet<string>): readonly Rule[] {
  const keys = [table.primaryKey, ...table.uniques].filter(
    (key) => key.length > 0 && key.every((column) => present.has(column.toLowerCase())),
  );
  return keys.map((key) => {
    const columns = key.map((column) => `s.${q(column)}`);
    // A unique key admits any number of rows with NULL in it.
    const given = columns.map((column) => `${column} IS NOT NULL`).join(' AND ');
    return {
      when: `${given} AND row_number() OVER (PARTITION BY ${columns.join(', ')} ORDER BY s.__row) > 1`,
      reason: `${key.join(', ')} is there already`,
    };
  });
}

function parentRules(table: Table, key: string, present: ReadonlySet<string>, context: LoadContext): readonly Rule[] {
  return table.foreignKeys.flatMap((fk) => {
    const parentKey = referencedKey(context.target, table, fk.references);
    const parent = parentKey === null ? undefined : context.target.get(parentKey);
    if (parentKey === null || parent === undefined || parentKey === key || !context.loaded.has(parentKey)) return [];
    const columns = fk.references.columns.length > 0 ? fk.references.columns : parent.primaryKey;
    if (columns.length !== fk.columns.length || !fk.columns.every((column) => present.has(column.toLowerCase())))
      return [];
    const given = fk.columns.map((column) => `s.${q(column)} IS NOT NULL`).join(' AND ');
    const match = fk.columns.map((column, i) => `p.${q(columns[i] as string)} = s.${q(column)}`).join(' AND ');
    return [
      {
        when: `${given} AND NOT EXISTS (SELECT 1 FROM ${context.names.sql('target', parentKey)} AS p WHERE ${match})`,
        reason: `no ${parent.name} for ${fk.columns.join(', ')}`,
      },
    ];
  });
}

function printInsert(plan: LoadPlan, context: LoadContext): string {
  const { names } = context;
  const key = surrogateKey(plan, context);
  const columns = [...(key === null ? [] : [key]), ...plan.feeds.map((feed) => feed.target.column)].map(q).join(', ');
  const stage = names.sql('stage', plan.target);
  const rejects = names.sql('rejects', plan.target);
  return `INSERT INTO ${names.sql('target', plan.target)} (${columns})\nSELECT ${columns}\nFROM ${stage}\nWHERE __row NOT IN (SELECT __row FROM ${rejects})\nORDER BY __row;`;
}
