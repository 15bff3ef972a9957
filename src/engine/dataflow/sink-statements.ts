/** How the rows of a sink reach its table: inserts, or changes by key where the last operation of a key wins. */
import { quoteLiteral } from '../core/text.ts';
import type { PipelineNode, PipelineTable } from './model.ts';
import { sqlName, tableRelation } from './sql-name.ts';

export interface SinkPlan {
  /** Condition under which the database takes the row; false for values that do not fit and missing required ones. */
  readonly accepted: string;
  readonly statements: readonly string[];
}

function list(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}

function acceptedRows(columns: readonly string[], table: PipelineTable): string {
  const tests = columns.flatMap((name) => {
    const column = table.columns.find((one) => one.name.toLowerCase() === name.toLowerCase());
    if (column === undefined) return [];
    const fits = column.type.startsWith('VARCHAR')
      ? []
      : [`(${sqlName(name)} IS NULL OR TRY_CAST(${sqlName(name)} AS ${column.type}) IS NOT NULL)`];
    return column.nullable ? fits : [...fits, `${sqlName(name)} IS NOT NULL`];
  });
  return tests.length === 0 ? 'TRUE' : tests.join(' AND ');
}

/** The operation of each row: `insert`, `update`, `upsert`, `delete` or `none`. */
function action(node: PipelineNode): string {
  const mode = node.config?.['mode'];
  if (mode === 'delete' || mode === 'upsert') return quoteLiteral(mode);
  const updates = typeof node.config?.['updates'] === 'string' ? node.config['updates'] : 'update';
  if (mode === 'update') return quoteLiteral(updates);
  const inserts = node.config?.['inserts'] === false ? 'none' : 'insert';
  const deletes = node.config?.['deletes'] === false ? 'none' : 'delete';
  return `CASE __op WHEN 0 THEN ${quoteLiteral(inserts)} WHEN 1 THEN ${quoteLiteral(updates)} WHEN 2 THEN ${quoteLiteral(deletes)} ELSE 'none' END`;
}

/** Which rows of the target may be changed, beside those with the key: `where: { COLUMN: 'null' | 'not null' }`. */
function restrictions(node: PipelineNode): readonly string[] {
  const where = node.config?.['where'];
  if (typeof where !== 'object' || where === null || Array.isArray(where)) return [];
  return Object.entries(where).map(([name, is]) => `t.${sqlName(name)} IS ${is === 'null' ? 'NULL' : 'NOT NULL'}`);
}

function changes(
  node: PipelineNode,
  table: PipelineTable,
  columns: readonly string[],
  accepted: string,
): readonly string[] {
  const key = list(node.config?.['key']).map(
    (name) => columns.find((one) => one.toLowerCase() === name.toLowerCase()) ?? name,
  );
  const last = sqlName(`${node.id}__last`);
  const target = tableRelation(table);
  const names = columns.map(sqlName);
  const match = key.map((name) => `t.${sqlName(name)} = l.${sqlName(name)}`).join(' AND ');
  const reached = [match, ...restrictions(node)].join(' AND ');
  const rest = columns.filter((name) => !key.includes(name));
  const seq = columns.length === 0 ? '1' : '__seq';
  return [
    `CREATE OR REPLACE TEMP TABLE ${last} AS SELECT *, bool_or(__action IN ('insert', 'upsert')) OVER (PARTITION BY ${key.map(sqlName).join(', ')}) AS __created FROM (SELECT *, ${action(node)} AS __action FROM ${sqlName(node.id)} WHERE ${accepted}) WHERE __action <> 'none' QUALIFY row_number() OVER (PARTITION BY ${key.map(sqlName).join(', ')} ORDER BY ${seq} DESC) = 1`,
    `DELETE FROM ${target} AS t USING ${last} AS l WHERE ${reached} AND l.__action = 'delete'`,
    ...(rest.length === 0
      ? []
      : [
          `UPDATE ${target} AS t SET ${rest.map((name) => `${sqlName(name)} = l.${sqlName(name)}`).join(', ')} FROM ${last} AS l WHERE ${reached} AND l.__action IN ('update', 'upsert')`,
        ]),
    `INSERT INTO ${target} (${names.join(', ')}) SELECT ${names.map((name) => `l.${name}`).join(', ')} FROM ${last} AS l WHERE (l.__action IN ('insert', 'upsert') OR (l.__action = 'update' AND l.__created)) AND NOT EXISTS (SELECT 1 FROM ${target} AS t WHERE ${match})`,
    `DROP TABLE ${last}`,
  ];
}

/** The statements that apply the rows of `node` (its relation) to `table`; null where the mode needs a key and there is none. */
export function sinkPlan(node: PipelineNode, table: PipelineTable): SinkPlan | null {
  const columns = (node.columns ?? []).map((column) => column.name);
  const accepted = acceptedRows(columns, table);
  if (node.config?.['mode'] === 'insert') {
    const names = columns.map(sqlName).join(', ');
    return {
      accepted,
      statements: [
        `INSERT INTO ${tableRelation(table)} (${names}) SELECT ${names} FROM ${sqlName(node.id)} WHERE ${accepted}`,
      ],
    };
  }
  const key = list(node.config?.['key']);
  const fed = key.every((name) => columns.some((column) => column.toLowerCase() === name.toLowerCase()));
  if (key.length === 0 || !fed) return null;
  return { accepted, statements: changes(node, table, columns, accepted) };
}

/** The table that a sink writes. */
export function tableOfSink(
  node: Pick<PipelineNode, 'config'>,
  tables: readonly PipelineTable[],
): PipelineTable | null {
  const name = node.config?.['table'];
  if (typeof name !== 'string') return null;
  return tables.find((table) => table.role === 'target' && table.name.toLowerCase() === name.toLowerCase()) ?? null;
}

/**
 * What `truncate: true` of sinks asks for: their tables are emptied, and files replaced, once before the first row is read,
 * however many of the sinks write the same one.
 */
export function emptyingStatements(
  nodes: readonly PipelineNode[],
  tables: readonly PipelineTable[],
): readonly string[] {
  const emptied = nodes.flatMap((node) => {
    const table = node.config?.['truncate'] === true ? tableOfSink(node, tables) : null;
    return table === null || sinkPlan(node, table) === null ? [] : [`DELETE FROM ${tableRelation(table)}`];
  });
  return [...new Set(emptied)];
}
