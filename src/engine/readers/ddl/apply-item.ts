import type { Dialect } from '../../../shared/model/schema.ts';
import type { StatementContext } from './catalogue.ts';
import type { ColumnDraft } from './column-draft.ts';
import type { TableItem } from './read-table-items.ts';
import {
  addColumn,
  columnsOnly,
  findColumn,
  insertColumns,
  mergeColumn,
  sameName,
  type CopyParts,
  type TableDraft,
} from './table-draft.ts';

/** Puts one item of a body or of ALTER TABLE … ADD into the table. */
export function applyItem(table: TableDraft, item: TableItem, context: StatementContext): void {
  switch (item.kind) {
    case 'column':
      if (mergesColumn(table, item.column, context)) return;
      // Vertica: `id IDENTITY` alone.
      if (item.column.rawType === '' && item.column.identity) item.column.rawType = 'BIGINT';
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
    case 'keyOfIndex':
      applyKeyOfIndex(table, item);
      return;
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
      applyLike(table, item, context);
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

/** An index becomes the key that it stands for. */
function applyKeyOfIndex(table: TableDraft, item: TableItem & { readonly kind: 'keyOfIndex' }): void {
  const index = table.indexes.find(({ name }) => name !== null && sameName(name, item.index));
  if (index === undefined) return;
  table.indexes = table.indexes.filter((other) => other !== index);
  if (item.primary) table.primaryKey = index;
  else table.uniques.push(index);
}

/** A partition or a typed table says more of a column that it has already; Teradata's ADD changes a column that is there. */
function mergesColumn(table: TableDraft, column: ColumnDraft, context: StatementContext): boolean {
  const existing = findColumn(table, column.name);
  if (existing === undefined || (column.rawType !== '' && context.dialect !== 'teradata')) return false;
  mergeColumn(table, existing, column);
  return true;
}

/** What `LIKE` takes: all in MySQL, what it says in PostgreSQL, columns with their defaults elsewhere. */
export function copyParts(including: ReadonlySet<string>, dialect: Dialect | null): CopyParts {
  if (dialect === 'mysql') return { defaults: true, keys: true, checks: true };
  if (dialect !== 'postgres' && dialect !== 'redshift') return columnsOnly;
  return {
    defaults: including.has('DEFAULTS'),
    keys: including.has('INDEXES'),
    checks: including.has('CONSTRAINTS'),
  };
}

function applyLike(
  table: TableDraft,
  { table: from, including }: TableItem & { readonly kind: 'like' },
  context: StatementContext,
): void {
  const at = table.columns.length;
  context.withSource(from, (source) => {
    if (source === undefined)
      context.report(
        'warning',
        `Table ${table.name} takes its columns from ${from.name}, which the files read together do not define; add that table's script`,
      );
    else insertColumns(table, source, at, copyParts(including, context.dialect));
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
