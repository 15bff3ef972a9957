import type { Dialect } from '../../../shared/model/schema.ts';
import { tokensOf } from './lexer.ts';
import { valueScope } from './read-select-item.ts';
import { readValueType } from './read-value-type.ts';
import { syntaxOf } from './syntax.ts';
import type { TableDraft } from './table-draft.ts';
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
    const { generated } = column;
    column.rawType = readValueType(new TokenCursor(generated, tokensOf(generated, syntaxOf(dialect))), scope);
  }
}
