/** One SELECT as text, laid out for people to read. */
import { quoteIdentifier } from '../../../core/text.ts';
import { sqlName } from '../../../dataflow/sql-name.ts';

export const seqColumn = '__seq';

export interface Item {
  readonly sql: string;
  /** Empty for `*` and the like, which name their columns themselves. */
  readonly name: string;
}

export interface SelectParts {
  readonly with?: readonly { readonly name: string; readonly sql: string; readonly recursive?: boolean }[];
  readonly items: readonly Item[];
  readonly from: string;
  readonly where?: string;
  readonly groupBy?: readonly string[];
  readonly having?: string;
  /** A window that several items share, `NAME AS (…)`. */
  readonly window?: string;
  readonly qualify?: string;
}

/** Words that the check of node SQL refuses wherever they stand unquoted. */
const refused =
  /^(?:reset|checkpoint|grant|revoke|execute|prepare|deallocate|into|copy|install|load|replace|call|set)$/i;

/** A field of the workflow as a column. */
export function columnName(name: string): string {
  return refused.test(name) ? quoteIdentifier(name) : sqlName(name);
}

function item({ sql, name }: Item): string {
  if (name === '') return sql;
  const target = columnName(name);
  return sql === target ? sql : `${sql} AS ${target}`;
}

export function indent(text: string): string {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
}

export function printSelect(parts: SelectParts): string {
  const steps = parts.with ?? [];
  const lines: string[] = [];
  if (steps.length > 0) {
    const recursive = steps.some((step) => step.recursive === true) ? 'RECURSIVE ' : '';
    lines.push(`WITH ${recursive}${steps.map((step) => `${step.name} AS (\n${indent(step.sql)}\n)`).join(', ')}`);
  }
  const items = parts.items.length === 0 ? [{ sql: 'NULL', name: '__empty' }] : parts.items;
  lines.push(`SELECT\n${items.map((one) => `  ${item(one)}`).join(',\n')}`, `FROM ${parts.from}`);
  if (parts.where !== undefined) lines.push(`WHERE ${parts.where}`);
  if (parts.groupBy !== undefined && parts.groupBy.length > 0) lines.push(`GROUP BY ${parts.groupBy.join(', ')}`);
  if (parts.having !== undefined) lines.push(`HAVING ${parts.having}`);
  if (parts.window !== undefined) lines.push(`WINDOW ${parts.window}`);
  if (parts.qualify !== undefined) lines.push(`QUALIFY ${parts.qualify}`);
  return `${lines.join('\n')}\n`;
}
