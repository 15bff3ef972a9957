/** A schema diff as text to read, and as Markdown for a change request. */
import type { ColumnChange, SchemaDiff, TableChange } from '../../shared/model/schema-diff.ts';

const marks = { added: '+', removed: '-', renamed: '~', changed: '~' } as const;

/** One line a change, `!` before what may break; tables without a change are counted only. */
export function printSchemaDiff({ tables, unchanged }: SchemaDiff): string {
  return [...tables.flatMap(tableLines), `${tables.length} tables differ, ${unchanged} are the same`].join('\n');
}

function tableLines(table: TableChange): readonly string[] {
  const { comment } = table;
  return [
    line(table, 'table'),
    ...(comment === null ? [] : [`    comment: ${comment.before ?? 'none'} > ${comment.after ?? 'none'}`]),
    ...table.columns.map((column) => `  ${line(column, 'column')}${properties(column)}`),
    ...table.constraints.map(
      ({ kind, constraint, text, breaking }) => `  ${breaking ? '!' : ' '} ${marks[kind]} ${constraint} ${text}`,
    ),
  ];
}

function line({ kind, before, after, score, breaking }: TableChange | ColumnChange, what: string): string {
  const name =
    kind === 'renamed' ? `${before} > ${after} (${Math.round((score ?? 0) * 100)} % likely)` : (after ?? before);
  return `${breaking ? '!' : ' '} ${marks[kind]} ${what} ${name}`;
}

function properties(column: ColumnChange): string {
  const changes = column.properties.map(
    ({ property, before, after }) => `${property} ${before ?? 'none'} > ${after ?? 'none'}`,
  );
  return changes.length === 0 ? '' : `: ${changes.join(', ')}`;
}
