/** A query that the customer wrote for the source database, as an export keeps it. */
import { tokenizeSql } from '../../sql/sql-tokens.ts';
import { hasMarkedColumn, withAnsiJoins } from './ansi-joins.ts';
import { newFindings, Rewriter, type TableResolver } from './rewriter.ts';

export interface SourceSql {
  readonly sql: string;
  readonly macros: readonly string[];
  /** Tables that no definition in the file describes. */
  readonly unknownTables: readonly string[];
  /** Words of the source database that DuckDB has no counterpart for: the SQL will not run as it is. */
  readonly foreign: readonly string[];
}

/** `text` with its tables as `src.…` or `tgt.…`, parameters as variables, and the commonest dialect words replaced. */
export function rewriteSourceSql(text: string, resolver: TableResolver): SourceSql {
  const found = newFindings();
  const standard = withAnsiJoins(text);
  if (hasMarkedColumn(standard)) found.foreign.add('(+)');
  const sql = new Rewriter({ text: standard, tokens: tokenizeSql(standard) }, resolver, found).rewrite();
  return { sql, macros: [...found.macros], unknownTables: [...found.unknown], foreign: [...found.foreign] };
}
