import type { StatementContext } from './catalogue.ts';
import type { ColumnDraft } from './column-draft.ts';
import type { TableItem } from './read-table-items.ts';
import { addColumn, findColumn, insertColumns, mergeColumn, sameName, type TableDraft } from './table-draft.ts';

/** Puts one item of a body or of ALTER TABLE … ADD into the table. */
export function applyItem(table: TableDraft, item: TableItem, context: StatementContext): void {
  switch (item.kind) {
    case 'column':
      if (mergesColumn(table, item.column, context)) return;
      if (addColumn(table, item.column) === 'replaced')
        context.report(
          'warning',
          `Column ${item.column.name} of ${table.name} is defined twice; the later definition is used`,
          item.column.line,
        );
      reportColumn(table, item.column, context);
      return;
    case 'primaryKey':
      table.primaryKey = item.key;
      return;
    case 'unique':
      table.uniques.push(item.key);
      return;
    case 'keyOfIndex': {
      const index = table.indexes.find(({ name }) => name !== null && sameName(name, item.index));
      if (index === undefined) return;
      table.indexes = table.indexes.filter((other) => other !== index);
      if (item.primary) table.primaryKey = index;
      else table.uniques.push(index);
      return;
    }
    case 'foreignKey':
      table.foreignKeys.push(item.key);
      return;
    case 'index':
      table.indexes.push(item.index);
      return;
    case 'check':
      table.checks.push(item.check);
      return;
    case 'default': {
      const column = findColumn(table, item.column);
      if (column !== undefined) column.default = item.value;
      return;
    }
    case 'like':
      applyLike(table, item.table, context);
      return;
    case 'bad':
      context.report(
        'error',
        `An item of table ${table.name} is left out: ${item.message}. Correct it in the script and read the file again`,
        item.line,
      );
      return;
    case 'lost':
      context.report(
        'info',
        `The ${item.what} of ${table.name} is not kept: write it on the target by hand where its rule has to hold`,
        item.line,
      );
      return;
    case 'ignored':
  }
}

/** A partition or a typed table says more of a column that it has already; Teradata's ADD changes a column that is there. */
function mergesColumn(table: TableDraft, column: ColumnDraft, context: StatementContext): boolean {
  const existing = findColumn(table, column.name);
  if (existing === undefined || (column.rawType !== '' && context.dialect !== 'teradata')) return false;
  mergeColumn(table, existing, column);
  return true;
}

function applyLike(
  table: TableDraft,
  from: { readonly schema: string | null; readonly name: string },
  context: StatementContext,
): void {
  const at = table.columns.length;
  context.withSource(from, (source) => {
    if (source === undefined)
      context.report(
        'warning',
        `Table ${table.name} takes its columns from ${from.name}, which the files read together do not define; add that table's script`,
      );
    else insertColumns(table, source, at);
  });
}

/** The loss guard of one column: no type, or attributes that no rule knows. */
function reportColumn(table: TableDraft, column: ColumnDraft, context: StatementContext): void {
  if (table.kind === 'view') return;
  if (column.rawType === '' && column.generated === undefined && !column.identity) {
    const severity = context.dialect === 'sqlite' ? 'info' : 'error';
    context.report(
      severity,
      `Column ${column.name} of table ${table.name} has no type; write one to have it compared and converted`,
      column.line,
    );
  }
  if (column.unknown.length > 0) {
    context.report(
      'info',
      `Column ${column.name} of table ${table.name}: "${column.unknown.slice(0, 8).join(' ').slice(0, 80)}" is not understood and left out`,
      column.line,
    );
  }
}
