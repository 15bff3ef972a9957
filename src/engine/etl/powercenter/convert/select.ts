/** One SELECT as text, laid out for people to read. */
import { sqlName } from '../../../dataflow/sql-name.ts';

export interface SelectItem {
  readonly sql: string;
  /** Empty for `*` and the like, which name their columns themselves. */
  readonly name: string;
}

export interface SelectParts {
  /** Steps before the SELECT, each a common table expression. */
  readonly steps?: readonly { readonly name: string; readonly sql: string }[];
  readonly distinct?: boolean;
  readonly items: readonly SelectItem[];
  readonly from: string;
  readonly where?: readonly string[];
  readonly groupBy?: readonly string[];
  readonly having?: string;
  readonly qualify?: string;
  readonly orderBy?: readonly string[];
}

function item({ sql, name }: SelectItem): string {
  if (name === '') return sql;
  const target = sqlName(name);
  return sql === target ? sql : `${sql} AS ${target}`;
}

function conjunction(conditions: readonly string[]): string {
  return conditions.length === 1
    ? (conditions[0] ?? '')
    : conditions.map((condition) => `(${condition})`).join(' AND ');
}

/** The SELECT; steps become a WITH clause. */
export function printSelect(parts: SelectParts): string {
  const lines: string[] = [];
  const steps = parts.steps ?? [];
  if (steps.length > 0) {
    lines.push(`WITH ${steps.map((step) => `${step.name} AS (\n${indent(step.sql)}\n)`).join(', ')}`);
  }
  lines.push(
    `SELECT${parts.distinct === true ? ' DISTINCT' : ''}\n${parts.items.map((one) => `  ${item(one)}`).join(',\n')}`,
  );
  lines.push(`FROM ${parts.from}`);
  if (parts.where !== undefined && parts.where.length > 0) lines.push(`WHERE ${conjunction(parts.where)}`);
  if (parts.groupBy !== undefined && parts.groupBy.length > 0) lines.push(`GROUP BY ${parts.groupBy.join(', ')}`);
  if (parts.having !== undefined) lines.push(`HAVING ${parts.having}`);
  if (parts.qualify !== undefined) lines.push(`QUALIFY ${parts.qualify}`);
  if (parts.orderBy !== undefined && parts.orderBy.length > 0) lines.push(`ORDER BY ${parts.orderBy.join(', ')}`);
  return `${lines.join('\n')}\n`;
}

export function indent(text: string): string {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
}
