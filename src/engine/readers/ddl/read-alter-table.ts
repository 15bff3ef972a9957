import { applyItem } from './apply-item.ts';
import { typeFirstWords } from '../types/type-rules.ts';
import type { StatementContext } from './catalogue.ts';
import { columnAttributes } from './column-attributes.ts';
import { typeComputedColumns } from './computed-columns.ts';
import { newColumnDraft, type ColumnDraft } from './column-draft.ts';
import { readAttributes, readColumn } from './read-column.ts';
import { readDescription } from './read-description.ts';
import { readExpression } from './read-expression.ts';
import { isName, readIdentifier, readTableName } from './read-name.ts';
import { readTableItems } from './read-table-items.ts';
import { readType } from './read-type.ts';
import {
  dropColumn,
  dropConstraint,
  findColumn,
  mergeColumn,
  noKey,
  renameColumn,
  renameConstraint,
  type TableDraft,
} from './table-draft.ts';
import { TokenCursor } from './token-cursor.ts';

/** Verbs that begin the next action without a comma (Oracle, DB2). */
const chaining: ReadonlySet<string> = new Set(['ADD', 'MODIFY', 'DROP']);
/** Verbs that may change what is read of the table. */
const changing: ReadonlySet<string> = new Set([
  ...chaining,
  'ALTER',
  'RENAME',
  'CHANGE',
  'SET',
  'COMMENT',
  'WITH',
  'REPLACE',
]);
const verbs: ReadonlySet<string> = new Set([
  ...changing,
  'OWNER',
  'ENABLE',
  'DISABLE',
  'VALIDATE',
  'CHECK',
  'NOCHECK',
  'ATTACH',
  'ENGINE',
  'CONVERT',
  'LOCK',
  'REPLICA',
  'INHERIT',
  'CLUSTER',
  'ORDER',
  'ALGORITHM',
]);
const constraintWords: ReadonlySet<string> = new Set([
  'CONSTRAINT',
  'PRIMARY',
  'FOREIGN',
  'UNIQUE',
  'CHECK',
  'INDEX',
  'KEY',
  'FULLTEXT',
  'SPATIAL',
  'EXCLUDE',
  'PERIOD',
  'LIKE',
  'SUPPLEMENTAL',
]);

/** `ALTER TABLE`, the cursor behind TABLE: its actions are applied when the table is known. */
export function readAlterTable(cursor: TokenCursor, context: StatementContext): void {
  cursor.take('IF', 'EXISTS');
  if (cursor.is('ONLY') && cursor.peek(1) !== undefined && cursor.word(1) !== '.') cursor.at += 1;
  const name = readTableName(cursor);
  cursor.take('*');
  const actions = splitActions(cursor);
  // OWNER TO, ENABLE TRIGGER and the like change no schema, and pg_dump writes them for sequences too.
  if (!actions.some((action) => changing.has(action.word()) || addsUnsaid(action))) return;
  context.withTable(name, (table) => {
    let verb = '';
    for (const action of actions) {
      action.take('WITH', 'CHECK');
      action.take('WITH', 'NOCHECK');
      // `ADD a int, b int`: what follows the comma goes on with the verb before.
      if (verbs.has(action.word())) verb = action.next()?.word ?? '';
      else if (verb === '' && addsUnsaid(action)) verb = 'ADD';
      applyAction(verb, action, table, context);
    }
  });
}

/** Hive: the value of `('name' = 'value', …)`. */
function readProperty(action: TokenCursor, name: string): string | undefined {
  const parts = action.word() === '(' ? action.group().split() : [];
  return parts.find((part) => part.peek()?.text === name && part.word(1) === '=')?.peek(2)?.text;
}

/** DB2 for z/OS: `ALTER TABLE t FOREIGN KEY …` adds without saying so. */
function addsUnsaid(action: TokenCursor): boolean {
  return action.is('FOREIGN', 'KEY') || action.is('PRIMARY', 'KEY') || action.is('UNIQUE') || action.is('CONSTRAINT');
}

/** Actions are separated by commas, or by nothing before ADD, MODIFY and DROP. */
function splitActions(cursor: TokenCursor): readonly TokenCursor[] {
  return cursor.split().flatMap((part) => {
    const ranges: TokenCursor[] = [];
    let from = part.at;
    let depth = 0;
    const chains = chaining.has(part.word()) || part.word() === 'ALTER';
    for (let i = part.at; i < part.end; i += 1) {
      const word = part.tokens[i]?.word ?? '';
      if (word === '(') depth += 1;
      else if (word === ')') depth -= 1;
      else if (chains && depth === 0 && i > from + 1 && beginsAction(part, i, part.tokens[from]?.word ?? '')) {
        ranges.push(new TokenCursor(part.source, part.tokens, from, i));
        from = i;
      }
    }
    return [...ranges, new TokenCursor(part.source, part.tokens, from, part.end)];
  });
}

const isNameAt = ({ tokens }: TokenCursor, index: number): boolean =>
  tokens[index]?.kind === 'word' || tokens[index]?.kind === 'quoted';

function beginsAction(part: TokenCursor, index: number, current: string): boolean {
  const word = part.tokens[index]?.word ?? '';
  const next = part.tokens[index + 1]?.word ?? '';
  if (word === 'ALTER') return next === 'COLUMN' || (current === 'ALTER' && isNameAt(part, index + 1));
  if (!chaining.has(word) || (current === 'MODIFY' && part.word(1) === 'PARTITION')) return false;
  // `ALTER COLUMN a DROP NOT NULL` is one action.
  return current === 'ALTER' ? next === 'COLUMN' || next === 'CONSTRAINT' : part.tokens[index - 1]?.word !== 'COLUMN';
}

function applyAction(verb: string, action: TokenCursor, table: TableDraft, context: StatementContext): void {
  switch (verb) {
    case 'ADD':
      return applyAdd(action, table, context);
    case 'MODIFY':
      return applyModify(action, table, context);
    case 'CHANGE':
      return applyChange(action, table);
    case 'ALTER':
      return applyAlterColumn(action, table, context);
    case 'DROP':
      return applyDrop(action, table);
    case 'RENAME':
      return applyRename(action, table, context);
    case 'COMMENT': {
      action.take('=');
      table.comment = action.peek()?.text ?? table.comment;
      return;
    }
    case 'REPLACE':
      // Hive replaces all columns, Sybase the default of one.
      if (!action.take('COLUMNS')) return applyModify(action, table, context);
      table.columns = [];
      return applyAdd(action, table, context);
    case 'SET':
      if (action.take('SCHEMA'))
        context.catalogue.rename(table, { schema: readIdentifier(action, 'a schema'), name: table.name });
      else if (action.take('COMMENT')) applyAction('COMMENT', action, table, context);
      else if (action.take('UNUSED')) applyDrop(action, table);
      else if (action.take('OPTIONS')) table.comment = readDescription(action) ?? table.comment;
      else if (action.take('TBLPROPERTIES')) table.comment = readProperty(action, 'comment') ?? table.comment;
  }
}

const notColumns: ReadonlySet<string> = new Set(
  'PARTITION SUBPARTITION VERSIONING RESTRICT VALUES OVERFLOW CLONE MATERIALIZED ROW SEARCH SENSITIVITY STATISTICS PROJECTION TAG DISTRIBUTE ORGANIZE'.split(
    ' ',
  ),
);

/** `ADD PARTITION …`, `ADD VERSIONING USE HISTORY TABLE …`; a column may be called so all the same. */
function addsNoColumn(action: TokenCursor): boolean {
  return notColumns.has(action.word()) && !typeFirstWords.has(action.word(1));
}

function applyAdd(action: TokenCursor, table: TableDraft, context: StatementContext): void {
  const column = action.take('COLUMN') || action.take('COLUMNS');
  action.take('IF', 'NOT', 'EXISTS');
  if (!column && addsNoColumn(action)) return;
  // Informix: ADD CONSTRAINT (FOREIGN KEY …).
  if (action.is('CONSTRAINT', '(')) action.at += 1;
  const parts = action.word() === '(' ? action.group().split() : [action];
  for (const part of parts) {
    part.take('COLUMN');
    if (constraintWords.has(part.word()) || isName(part))
      for (const item of readTableItems(part)) applyItem(table, item, context);
  }
  typeComputedColumns(table, context.dialect);
}

/** Oracle and MySQL: a definition whose missing parts stay as they are (Oracle) or return to their defaults (MySQL). */
function applyModify(action: TokenCursor, table: TableDraft, context: StatementContext): void {
  action.take('COLUMN');
  action.take('IF', 'EXISTS');
  const parts = action.word() === '(' ? action.group().split() : [action];
  for (const part of parts) {
    // `MODIFY …, AUTO_INCREMENT=3`: an option of the table.
    if (!isName(part) || part.word(1) === '=' || isPartOfStorage(part)) continue;
    const next = part.word(1);
    if (next === 'SET' || next === 'DROP' || next === 'UNSET') applyAlterColumn(part, table, context);
    else changeColumn(table, readColumn(part), context);
  }
}

/** `MODIFY PARTITION p …`, `MODIFY PRIMARY INDEX …`, `MODIFY LOB (x) …`: nothing of a column. */
function isPartOfStorage(part: TokenCursor): boolean {
  return (
    storageWords.has(part.word()) &&
    !typeFirstWords.has(part.word(1)) &&
    !/^(?:NOT|NULL|DEFAULT|SET|DROP)$/.test(part.word(1))
  );
}

const storageWords: ReadonlySet<string> = new Set(
  'CONSTRAINT PARTITION SUBPARTITION PRIMARY UNIQUE LOB VARRAY NESTED DEFAULT SUPPLEMENTAL NO'.split(' '),
);

function changeColumn(table: TableDraft, change: ColumnDraft, context: StatementContext): void {
  const column = findColumn(table, change.name);
  if (column === undefined) context.report('warning', `Table ${table.name} has no column ${change.name} to change`);
  else mergeColumn(table, column, change, context.dialect === 'mysql');
}

function applyChange(action: TokenCursor, table: TableDraft): void {
  action.take('COLUMN');
  const from = readIdentifier(action, 'a column name');
  const column = readColumn(action);
  renameColumn(table, from, column.name);
  const existing = findColumn(table, column.name);
  if (existing !== undefined)
    Object.assign(existing, { ...column, primaryKey: existing.primaryKey || column.primaryKey });
}

/** Standard, PostgreSQL, DB2, Snowflake: SET and DROP; SQL Server: a type with its nullability. */
function applyAlterColumn(action: TokenCursor, table: TableDraft, context: StatementContext): void {
  // Snowflake: `ALTER (a COMMENT 'x', b SET NOT NULL)`.
  if (action.word() === '(') {
    for (const part of action.group().split()) applyAlterColumn(part, table, context);
    return;
  }
  if (
    !action.take('COLUMN') &&
    /^(?:INDEX|CONSTRAINT|PARTITION|CHECK|DISTSTYLE|DISTKEY|SORTKEY|COMPOUND|ENCODE)$/.test(action.word())
  )
    return;
  action.take('IF', 'EXISTS');
  const change = newColumnDraft(readIdentifier(action, 'a column name'), action.line);
  const column = findColumn(table, change.name);
  if (column === undefined) {
    context.report('warning', `Table ${table.name} has no column ${change.name} to change`);
    return;
  }
  while (!action.done) {
    if (setColumn(action, column)) continue;
    // Firebird: `ALTER a TO b`.
    if (action.take('TO')) {
      renameColumn(table, column.name, readIdentifier(action, 'a column name'));
      return;
    }
    if (/^(?:POSITION|RESTART|RESET|UNSET|SYNC)$/.test(action.word())) return;
    if (action.word() === 'DROP') action.at = action.end;
    else if (action.take('ADD') || action.take('SET') || isAttribute(action)) readAttributes(action, column);
    else {
      change.rawType = readType(action);
      readAttributes(action, change);
      mergeColumn(table, column, { ...change, nullable: change.nullable ?? true });
    }
  }
}

/** `COMMENT 'x'`, `OPTIONS (…)`: no type follows the name. */
function isAttribute(action: TokenCursor): boolean {
  return columnAttributes.has(action.word()) && !typeFirstWords.has(action.word());
}

/** One SET or DROP of a property; false where something else stands. */
function setColumn(action: TokenCursor, column: ColumnDraft): boolean {
  if (action.take('SET', 'NOT', 'NULL')) column.nullable = false;
  else if (action.take('DROP', 'NOT', 'NULL')) column.nullable = true;
  else if (action.take('SET', 'DEFAULT')) column.default = readExpression(action);
  else if (action.take('DROP', 'DEFAULT')) column.default = null;
  else if (action.take('DROP', 'IDENTITY')) column.identity = false;
  else if (action.take('SET', 'DATA', 'TYPE') || action.take('TYPE') || action.take('SET', 'TYPE')) {
    column.rawType = readType(action);
    while (!action.done && action.word() !== 'SET') action.skip();
  } else return false;
  return true;
}

function applyDrop(action: TokenCursor, table: TableDraft): void {
  if (action.take('PRIMARY', 'KEY')) {
    table.primaryKey = noKey;
    return;
  }
  if (/^(?:PARTITION|PERIOD|DEFAULT)$/.test(action.word())) return;
  const constraint = takeConstraintWord(action);
  if (!constraint && !action.take('COLUMNS')) action.take('COLUMN');
  action.take('IF', 'EXISTS');
  const names = action.word() === '(' ? action.group().split() : [action];
  for (const part of names) {
    if (!isName(part)) continue;
    const name = readIdentifier(part, 'a name');
    // SQL Server drops a constraint without the word.
    if (constraint || !dropColumn(table, name)) dropConstraint(table, name);
  }
}

function takeConstraintWord(action: TokenCursor): boolean {
  if (action.take('FOREIGN', 'KEY')) return true;
  return ['CONSTRAINT', 'INDEX', 'KEY', 'CHECK', 'UNIQUE'].some((word) => action.take(word));
}

function applyRename(action: TokenCursor, table: TableDraft, context: StatementContext): void {
  if (action.take('PARTITION')) return;
  if (action.take('CONSTRAINT') || action.take('INDEX') || action.take('KEY')) {
    const name = readIdentifier(action, 'a name');
    if (action.take('TO')) renameConstraint(table, name, readIdentifier(action, 'a name'));
    return;
  }
  if (action.take('TO') || action.take('AS')) {
    const name = readTableName(action);
    context.catalogue.rename(table, { schema: name.schema ?? table.schema, name: name.name });
    return;
  }
  action.take('COLUMN');
  action.take('IF', 'EXISTS');
  const from = readIdentifier(action, 'a column name');
  if (action.take('TO') && !renameColumn(table, from, readIdentifier(action, 'a column name'))) {
    context.report('warning', `Table ${table.name} has no column ${from} to rename`);
  }
}
