/** Expressions of In-Database tools: SQL of the database that they run in. */
import { tokenizeSql } from '../../../sql/sql-tokens.ts';
import type { Draft } from './draft.ts';

/** The expression for DuckDB: as it is, but for names that are quoted in another way. */
export function databaseSql(text: string, draft: Draft): string {
  draft.doubt('The expression is SQL of the database, whose dialect the file does not name; it is run as it is', 0.8);
  const plain = text.replaceAll(/`([^`]*)`/g, '"$1"').trim();
  const ends = tokenizeSql(plain).some((token) => token.text === ';');
  return plain === '' || ends ? "error('The expression is not converted')" : `(${plain})`;
}
