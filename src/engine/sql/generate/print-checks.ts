/** Validation queries: each returns one row with `failures`, 0 where all is well, so that a person can run and read them. */
import type { SqlStatement } from '../../../shared/model/artifacts.ts';
import type { Table } from '../../../shared/model/schema.ts';
import { quoteIdentifier, quoteLiteral } from '../../core/text.ts';
import { referencedKey } from '../load-order.ts';
import type { LoadContext } from './print-load.ts';
import type { LoadPlan } from './plan-loads.ts';

const q = quoteIdentifier;

/** The checks of one loaded table, in a fixed order. */
export function printChecks(plan: LoadPlan, context: LoadContext): readonly SqlStatement[] {
  const { names } = context;
  const table = context.target.get(plan.target) as Table;
  const target = names.sql('target', plan.target);
  const stage = names.sql('stage', plan.target);
  const rejects = names.sql('rejects', plan.target);
  const check = (name: string, sql: string): SqlStatement => ({
    name: `${plan.target}: ${name}`,
    kind: 'check',
    complexity: 'simple',
    sql,
    columns: [],
    notes: [],
  });
  return [
    check(
      'every source row is loaded or rejected',
      `SELECT abs((SELECT count(*) FROM ${names.sql('legacy', plan.driving)}) - (SELECT count(*) FROM ${target}) - (SELECT count(*) FROM ${rejects})) AS failures;`,
    ),
    check('no row was rejected', `SELECT count(*) AS failures FROM ${rejects};`),
    ...plan.feeds
      .filter((feed) => feed.transformation.type === 'direct' || feed.transformation.type === 'cast')
      .map((feed) =>
        check(
          `no value of ${feed.source.column} was lost in ${feed.target.column}`,
          `SELECT count(*) AS failures FROM ${stage} WHERE list_contains(__lost, ${quoteLiteral(feed.target.column)});`,
        ),
      ),
    ...keyChecks(table, target, check),
    ...parentChecks(table, plan.target, context, check),
  ];
}

type MakeCheck = (name: string, sql: string) => SqlStatement;

function keyChecks(table: Table, target: string, check: MakeCheck): readonly SqlStatement[] {
  if (table.primaryKey.length === 0) return [];
  const columns = table.primaryKey.map(q).join(', ');
  return [
    check(
      `${table.primaryKey.join(', ')} is unique`,
      `SELECT count(*) AS failures FROM (SELECT ${columns} FROM ${target} GROUP BY ALL HAVING count(*) > 1);`,
    ),
  ];
}

function parentChecks(table: Table, key: string, context: LoadContext, check: MakeCheck): readonly SqlStatement[] {
  return table.foreignKeys.flatMap((fk) => {
    const parentKey = referencedKey(context.target, table, fk.references);
    const parent = parentKey === null ? undefined : context.target.get(parentKey);
    if (parentKey === null || parent === undefined) return [];
    const columns = fk.references.columns.length > 0 ? fk.references.columns : parent.primaryKey;
    if (columns.length !== fk.columns.length) return [];
    const given = fk.columns.map((column) => `c.${q(column)} IS NOT NULL`).join(' AND ');
    const match = fk.columns.map((column, i) => `p.${q(columns[i] as string)} = c.${q(column)}`).join(' AND ');
    const sql = `SELECT count(*) AS failures FROM ${context.names.sql('target', key)} AS c WHERE ${given} AND NOT EXISTS (SELECT 1 FROM ${context.names.sql('target', parentKey)} AS p WHERE ${match});`;
    return [check(`${fk.columns.join(', ')} has its ${parent.name}`, sql)];
  });
}
