import type { SqlArtifacts, SqlStatement } from '../../../shared/model/artifacts.ts';
import type { Mapping } from '../../../shared/model/mapping.ts';
import type { InferredRelationship } from '../../../shared/model/profile.ts';
import { type Table, tableKey } from '../../../shared/model/schema.ts';
import { compareText, quoteIdentifier } from '../../core/text.ts';
import { duckDbDefault, printDuckDbTable } from '../dialects/duckdb/print-table.ts';
import { loadOrder, referencedKey } from '../load-order.ts';
import { type RelationNaming, relationNames } from '../relation-names.ts';
import { type LoadPlan, planLoads } from './plan-loads.ts';
import { printChecks } from './print-checks.ts';
import { type LoadContext, printLoad, standInDefault, surrogateKey } from './print-load.ts';

export interface GenerateSqlInput {
  readonly source: readonly Table[];
  readonly target: readonly Table[];
  readonly mappings: readonly Mapping[];
  readonly relationships: readonly InferredRelationship[];
}

const keyOf = (table: Table): string => tableKey({ schema: table.schema, table: table.name });

/**
 * The whole migration as DuckDB SQL: schemas `legacy` (the extracts), `stage`, `rejects` and `target`, every target table,
 * its load in foreign-key order, its checks and the way back. Deterministic; nothing is run.
 */
export function generateSql(input: GenerateSqlInput): Omit<SqlArtifacts, 'runs'> {
  const source = tablesOnly(input.source);
  const target = tablesOnly(input.target);
  const { order, cycles } = loadOrder(target);
  const plans = planLoads({ ...input, source, target }, order);
  const targets = new Map(target.map((table) => [keyOf(table), table]));
  const names = relationNames(source, target);
  const referenced = referencedTables(plans, targets);
  const sources = new Map(source.map((table) => [keyOf(table), table]));
  const statements: SqlStatement[] = [
    schemasStatement(),
    ...source.map((table) => createLegacy(table, names)),
    ...createTargets(order, { targets, plans, names, referenced }),
  ];
  const loaded = new Set<string>();
  const checks: SqlStatement[] = [];
  for (const plan of plans) {
    const context: LoadContext = { names, source: sources, target: targets, loaded: new Set(loaded), referenced };
    statements.push(loadStatement(plan, context));
    checks.push(...printChecks(plan, context));
    loaded.add(plan.target);
  }
  statements.push(...checks, rollbackStatement());
  const notes = [
    ...cycles.map(
      (cycle) =>
        `${cycle.join(', ')} reference each other: rows without a parent are found by the checks, not rejected while loading`,
    ),
    ...target
      .filter((table) => table.checks.length > 0)
      .map(
        (table) =>
          `${table.name}: ${table.checks.length} CHECK constraints are not enforced in the sandbox: ${table.checks.join('; ')}`,
      ),
    ...order.filter((key) => !loaded.has(key)).map((key) => `${key}: no accepted mapping feeds it, it stays empty`),
  ];
  return { dialect: 'duckdb', loadOrder: order, statements, notes };
}

/** Views hold no rows of their own, so they are neither loaded from nor into. */
function tablesOnly(tables: readonly Table[]): readonly Table[] {
  return tables
    .filter((table) => table.kind !== 'view' && table.columns.length > 0)
    .toSorted((a, b) => compareText(keyOf(a), keyOf(b)));
}

function statement(name: string, kind: SqlStatement['kind'], sql: string): SqlStatement {
  return { name, kind, complexity: 'simple', sql, columns: [], notes: [] };
}

function schemasStatement(): SqlStatement {
  return statement(
    'schemas',
    'create',
    ['legacy', 'stage', 'rejects', 'target'].map((schema) => `CREATE SCHEMA IF NOT EXISTS ${schema};`).join('\n'),
  );
}

function createLegacy(table: Table, names: RelationNaming): SqlStatement {
  return statement(
    `legacy ${keyOf(table)}`,
    'create',
    printDuckDbTable(table, { schema: 'legacy', names, constraints: false }),
  );
}

/** Tables that a load points at by columns that it fills from the source. */
function referencedTables(plans: readonly LoadPlan[], targets: ReadonlyMap<string, Table>): ReadonlySet<string> {
  return new Set(
    plans.flatMap((plan) => {
      const table = targets.get(plan.target) as Table;
      const fed = new Set(plan.feeds.map((feed) => feed.target.column.toLowerCase()));
      return table.foreignKeys
        .filter((fk) => fk.columns.every((column) => fed.has(column.toLowerCase())))
        .flatMap((fk) => referencedKey(targets, table, fk.references) ?? []);
    }),
  );
}

interface TargetContext {
  readonly targets: ReadonlyMap<string, Table>;
  readonly plans: readonly LoadPlan[];
  readonly names: RelationNaming;
  readonly referenced: ReadonlySet<string>;
}

function createTargets(
  order: readonly string[],
  { targets, plans, names, referenced }: TargetContext,
): readonly SqlStatement[] {
  const created = new Map<string, Table>();
  return order.map((key) => {
    const table = targets.get(key) as Table;
    const plan = plans.find((candidate) => candidate.target === key);
    const relaxed = unfedRequired(
      table,
      plan,
      plan === undefined ? null : surrogateKey(plan, { target: targets, referenced }),
    );
    const sql = printDuckDbTable(table, {
      schema: 'target',
      names,
      constraints: true,
      relaxed: new Set(relaxed.map((name) => name.toLowerCase())),
      created,
    });
    created.set(key, table);
    const notes = relaxed.map(
      (name) =>
        `${name} is NOT NULL in the target and nothing feeds it: the constraint is left out here so that the other columns can be tried`,
    );
    return { ...statement(key, 'create', sql), notes };
  });
}

/** Required columns without a feed or a default: with the constraint in place no row at all could be loaded. */
function unfedRequired(table: Table, plan: LoadPlan | undefined, surrogate: string | null): readonly string[] {
  if (plan === undefined) return [];
  const fed = new Set(plan.feeds.map((feed) => feed.target.column.toLowerCase()));
  const key = surrogate?.toLowerCase();
  const inKey = new Set(table.primaryKey.map((name) => name.toLowerCase()));
  return table.columns
    .filter((column) => !column.nullable && !fed.has(column.name.toLowerCase()) && column.name.toLowerCase() !== key)
    .filter((column) => duckDbDefault(column) === null && !inKey.has(column.name.toLowerCase()))
    .map((column) => column.name);
}

function loadStatement(plan: LoadPlan, context: LoadContext): SqlStatement {
  const table = context.target.get(plan.target) as Table;
  const key = surrogateKey(plan, context);
  const notes = [...plan.notes];
  for (const feed of plan.feeds) {
    const preset = standInDefault(table, feed.target.column);
    const from = feed.sources.map(({ column }) => column).join(' + ');
    if (preset !== null && from !== '')
      notes.push(`${feed.target.column} takes its default ${preset} where ${from} has no value`);
  }
  if (key !== null) notes.push(`${key} is a surrogate key, numbered in the order of ${plan.driving}`);
  for (const join of plan.joins) {
    const on = join.on.map((pair) => `${pair.left} = ${pair.right}`).join(' and ');
    notes.push(
      `${join.table} is joined on ${on}${join.inferred ? ' (inferred from names and values, not declared)' : ''}`,
    );
  }
  return {
    name: plan.target,
    kind: 'load',
    complexity: complexityOf(plan),
    sql: printLoad(plan, context),
    columns: plan.feeds.map((feed) => ({
      target: feed.target,
      sources: feed.sources,
      expression: feed.transformation.expression || quoteIdentifier(feed.source.column),
    })),
    notes,
  };
}

function complexityOf(plan: LoadPlan): SqlStatement['complexity'] {
  const worked = plan.feeds.filter(
    (feed) => feed.transformation.type !== 'direct' && feed.transformation.type !== 'cast',
  ).length;
  if (plan.joins.length > 1 || worked > 3) return 'complex';
  return plan.joins.length === 1 || worked > 0 ? 'medium' : 'simple';
}

function rollbackStatement(): SqlStatement {
  const drops = ['target', 'rejects', 'stage', 'legacy'].map((schema) => `DROP SCHEMA IF EXISTS ${schema} CASCADE;`);
  return statement(
    'rollback',
    'rollback',
    `-- Takes back everything that these scripts create. The extracts themselves are not touched.\n${drops.join('\n')}`,
  );
}
