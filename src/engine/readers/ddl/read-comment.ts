import type { StatementContext } from './catalogue.ts';
import { readNameParts, tableNameOf, type QualifiedName } from './read-name.ts';
import { findColumn } from './table-draft.ts';
import type { Token } from './token.ts';
import type { TokenCursor } from './token-cursor.ts';

const tableKinds: ReadonlySet<string> = new Set(['TABLE', 'VIEW', 'MATERIALIZED']);
const otherKinds =
  /^(?:SCHEMA|DATABASE|FUNCTION|PROCEDURE|SEQUENCE|INDEX|CONSTRAINT|TRIGGER|TYPE|DOMAIN|ROLE|EXTENSION|AGGREGATE|OPERATOR|PACKAGE|USER|MACRO|ALIAS|DISTINCT|TABLESPACE|LANGUAGE|RULE|POLICY|CAST|COLLATION|SERVER|LARGE|TEXT|EVENT|FOREIGN|INDEXTYPE|EDITION|SYNONYM)$/;

/** `COMMENT ON` and DB2's `LABEL ON`, the cursor behind ON. A label counts where there is no comment. */
export function readComment(cursor: TokenCursor, context: StatementContext, label: boolean): void {
  const kind = cursor.word();
  if (kind === 'FOREIGN' && cursor.word(1) === 'TABLE') cursor.at += 1;
  else if (otherKinds.test(kind) && cursor.word(1) !== '.' && cursor.word(1) !== '(') return;
  const column = cursor.take('COLUMN');
  if (!column && tableKinds.has(cursor.word())) {
    cursor.take('MATERIALIZED');
    cursor.at += 1;
  }
  cursor.take('IF', 'EXISTS');
  const parts = readNameParts(cursor, 'what the comment is on');
  if (cursor.word() === '(') {
    readColumnComments(cursor.group(), parts, context, label);
    return;
  }
  if (!cursor.take('IS')) cursor.take('AS');
  const text = readText(cursor);
  // Teradata and DB2 allow COMMENT ON without saying what the name is.
  const said = column || tableKinds.has(kind);
  const asColumn = column || (!said && parts.length > 2);
  if (asColumn)
    setColumnComment({ table: tableNameOf(parts.slice(0, -1)), column: parts.at(-1) ?? '', text, label }, context);
  else context.withTable(tableNameOf(parts), (table) => (table.comment = label ? (table.comment ?? text) : text));
}

/** DB2: `COMMENT ON t (a IS 'x', b IS 'y')`; `TEXT IS` of LABEL ON counts like `IS`. */
function readColumnComments(
  group: TokenCursor,
  table: readonly string[],
  context: StatementContext,
  label: boolean,
): void {
  for (const part of group.split()) {
    const name = part.next()?.text ?? '';
    part.take('TEXT');
    if (part.take('IS'))
      setColumnComment({ table: tableNameOf(table), column: name, text: readLabel(part, label), label }, context);
  }
}

interface ColumnComment {
  readonly table: QualifiedName;
  readonly column: string;
  readonly text: string | null;
  readonly label: boolean;
}

function setColumnComment({ table, column: name, text, label }: ColumnComment, context: StatementContext): void {
  context.withTable(table, (target) => {
    const column = findColumn(target, name);
    if (column === undefined) context.report('warning', `Table ${target.name} has no column ${name} to comment`);
    else column.comment = label ? (column.comment ?? text) : text;
  });
}

/** A literal, or several that are put together by `||`. */
function readText(cursor: TokenCursor): string | null {
  const pieces: Token[] = [];
  for (let token = cursor.next(); token !== undefined; token = cursor.next()) {
    if (token.kind === 'string' || (token.kind === 'quoted' && pieces.length === 0)) pieces.push(token);
    else if (token.word !== '||') break;
  }
  return pieces.length === 0 ? null : pieces.map((piece) => piece.text).join('');
}

/** IBM i fills the lines of a column heading with blanks. */
function readLabel(cursor: TokenCursor, label: boolean): string | null {
  const text = readText(cursor);
  return label ? (text?.replace(/ {2,}/g, ' ') ?? null) : text;
}

/** SQL Server's `sp_addextendedproperty` with MS_Description, arguments by name or by place. The cursor is behind the procedure's name. */
export function readExtendedProperty(cursor: TokenCursor, context: StatementContext): void {
  const order = ['name', 'value', 'level0type', 'level0name', 'level1type', 'level1name', 'level2type', 'level2name'];
  const given = new Map<string, string>();
  cursor.split().forEach((part, index) => {
    const named = part.word(1) === '=' ? part.next()?.text.replace(/^@/, '').toLowerCase() : undefined;
    if (named !== undefined) part.at += 1;
    const token = part.peek();
    const text = token?.word.startsWith('@') === true ? context.catalogue.variables.get(token.word) : token?.text;
    if (text !== undefined) given.set(named ?? order[index] ?? '', text);
  });
  if (given.get('name')?.toLowerCase() !== 'ms_description') return;
  const table = given.get('level1name');
  const value = given.get('value');
  if (table === undefined || value === undefined) return;
  const schema = given.get('level0name') ?? null;
  const column = given.get('level2type')?.toLowerCase() === 'column' ? given.get('level2name') : undefined;
  if (column !== undefined)
    setColumnComment({ table: { schema, name: table }, column, text: value, label: false }, context);
  else if (given.get('level2type') === undefined || given.get('level2type')?.toUpperCase() === 'NULL')
    context.withTable({ schema, name: table }, (target) => (target.comment = value));
}
