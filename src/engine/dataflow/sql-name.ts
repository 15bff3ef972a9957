/** Names in generated SQL: plain where DuckDB takes them plainly, quoted otherwise. */
import { quoteIdentifier } from '../core/text.ts';
import type { NodeInput } from './model.ts';

const reserved = new Set(
  (
    'all analyse analyze and any array as asc asymmetric both case cast check collate column constraint create default deferrable desc ' +
    'describe distinct do else end except false fetch for foreign from group having in initially intersect into lambda lateral leading ' +
    'limit not null offset on only or order pivot pivot_longer pivot_wider placing primary qualify references returning select show some ' +
    'summarize symmetric table then to trailing true union unique unpivot using variadic when where window with ' +
    'anti asof at authorization binary by collation concurrently cross delete drop freeze full generated glob ilike inner insert install is isnull ' +
    'join left like load map natural notnull outer overlaps positional right semi set similar struct tablesample try_cast truncate update ' +
    'verbose attach copy detach export import pragma call alter merge vacuum use begin commit rollback values interval ' +
    'row rows range date time timestamp current_date current_time current_timestamp'
  ).split(' '),
);

/** `name` as an identifier, quoted only where it must be. */
export function sqlName(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !reserved.has(name.toLowerCase()) ? name : quoteIdentifier(name);
}

/** The relation that holds the rows of a node's output: the node's name, or `NODE__OUTPUT`. */
export function relationName(input: NodeInput): string {
  return input.output === undefined ? input.node : `${input.node}__${input.output}`;
}

/** The relation of a raw table: `src.NAME` or `tgt.NAME`. */
export function tableRelation(table: { readonly role: 'source' | 'target'; readonly name: string }): string {
  return `${table.role === 'source' ? 'src' : 'tgt'}.${sqlName(table.name)}`;
}
