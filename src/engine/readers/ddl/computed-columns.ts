import type { Dialect } from '../../../shared/model/schema.ts';
import { Lexer } from './lexer.ts';
import { valueScope } from './read-select-item.ts';
import { readValueType } from './read-value-type.ts';
import { syntaxOf } from './syntax.ts';
import type { TableDraft } from './table-draft.ts';
import type { Token } from './token.ts';
import { TokenCursor } from './token-cursor.ts';

/** Types computed columns that are written without one, from their expressions and the other columns. */
export function typeComputedColumns(table: TableDraft, dialect: Dialect | null): void {
  for (const column of table.columns) {
    if (column.rawType !== '' || column.generated === undefined) continue;
    const scope = valueScope({
      sources: [{ alias: table.name, columns: table.columns }],
      dialect,
      queryType: () => '',
    });
    column.rawType = readValueType(tokensOf(column.generated, dialect), scope);
  }
}

function tokensOf(text: string, dialect: Dialect | null): TokenCursor {
  const lexer = new Lexer(text, syntaxOf(dialect));
  const tokens: Token[] = [];
  while (lexer.skipTrivia()) tokens.push(lexer.next());
  return new TokenCursor(text, tokens);
}
