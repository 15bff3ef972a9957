import type { StatementContext } from './catalogue.ts';
import { readAlterTable } from './read-alter-table.ts';
import { readComment, readExtendedProperty } from './read-comment.ts';
import { readCreateTable, readSelectInto } from './read-create-table.ts';
import { literalAt } from './executed-texts.ts';
import { readNameParts } from './read-name.ts';
import {
  readAddType,
  readCreateIndex,
  readDrop,
  readRename,
  readSpKey,
  readSpRename,
  readTransfer,
  readTypeDefinition,
  readView,
} from './read-object.ts';
import type { TokenCursor } from './token-cursor.ts';

/** Words between CREATE and the kind of object that change nothing for the schema. */
const modifiers =
  'OR REPLACE GLOBAL LOCAL TEMPORARY TEMP UNLOGGED MULTISET SET VOLATILE TRANSIENT EXTERNAL FOREIGN PRIVATE PUBLIC COLUMN ROW HYBRID DYNAMIC ICEBERG IMMUTABLE ' +
  'BLOCKCHAIN SHARDED DUPLICATED UNIQUE CLUSTERED NONCLUSTERED BITMAP FULLTEXT SPATIAL PRIMARY XML COLUMNSTORE FORCE NO NOFORCE EDITIONABLE NONEDITIONABLE RECURSIVE SECURE ' +
  'MATERIALIZED ALGORITHM UNDEFINED MERGE TEMPTABLE SQL SECURITY DEFINER INVOKER TRACE GHOST DISTINCT EDITIONING LIVE STREAMING REFRESH CACHED CONSTRAINT ALTER READ ONLY VIRTUAL EXISTING WHERE NOT NULL READABLE WRITABLE WEB IGNORE ONLINE OFFLINE FLEX SNAPSHOT HISTORY CPBTREE BTREE ASC DESC ASCENDING DESCENDING CACHED LARGE REGULAR SYSTEM';
const createModifiers: ReadonlySet<string> = new Set(modifiers.split(' '));
/** Objects that say nothing about tables. */
const otherObjects: ReadonlySet<string> = new Set(
  (
    'SEQUENCE USER ROLE LOGIN DATABASE SCHEMA SYNONYM PROCEDURE PROC FUNCTION TRIGGER PACKAGE EXTENSION LANGUAGE OPERATOR AGGREGATE CAST COLLATION CONVERSION RULE POLICY ' +
    'PUBLICATION SUBSCRIPTION SERVER TABLESPACE STOGROUP BUFFERPOOL ALIAS NICKNAME DIRECTORY LINK CONTEXT PROFILE EVENT MACRO STATISTICS PARTITION ASSEMBLY CERTIFICATE ' +
    'SYMMETRIC ASYMMETRIC MASTER QUEUE SERVICE CONTRACT MESSAGE CATALOG DEFAULT STAGE FILE PIPE STREAM TASK WAREHOUSE TAG MASKING CLUSTER OUTLINE DIMENSION LIBRARY JAVA ' +
    'DATA WRAPPER MAPPING TRANSFORM ACCESS TEXT MODEL SECRET FEDERATED AUTHORIZATION CREDENTIAL AUDIT VARIABLE MODULE MASK PERMISSION THRESHOLD WORKLOAD HISTOGRAM ROLLBACK ' +
    'PFILE CONTROLFILE JOIN HASH ERROR SHARE INTEGRATION NETWORK RESOURCE ROUTE ENDPOINT TYPE INDEXTYPE SCHEDULER PROXY_TABLE AUXILIARY AUX KEYSPACE SECURITY_POLICY USERGROUP GROUP LABEL COMPONENT FUNCTIONAL GENERATOR PROJECTION EXCEPTION CONNECTION'
  ).split(' '),
);
/** Statements of data, control and access: they define no schema. */
const otherStatements: ReadonlySet<string> = new Set(
  (
    'INSERT UPDATE DELETE MERGE SELECT SEL WITH VALUES GRANT REVOKE DENY TRUNCATE SET USE COMMIT ROLLBACK BEGIN END START SAVEPOINT LOCK LOCKING UNLOCK ANALYZE ANALYSE EXPLAIN ' +
    'CALL IF WHILE DECLARE RAISERROR PRINT COPY VACUUM REINDEX CLUSTER REFRESH COLLECT DATABASE PRAGMA ATTACH DETACH CONNECT DISCONNECT LOAD IMPORT EXPORT REORG RUNSTATS ' +
    'CHECKPOINT DBCC REPLACE DO LISTEN NOTIFY SECURITY REASSIGN OPTIMIZE MSCK SHOW DESCRIBE DESC HELP DIAGNOSTIC SIGNAL RETURN WAITFOR THROW OPEN FETCH CLOSE DEALLOCATE KILL ' +
    'BACKUP RESTORE REVERT SHUTDOWN PURGE FLASHBACK AUDIT NOAUDIT ASSOCIATE HANDLER PREPARE RESET DISCARD UNLOAD PUT GET LIST REMOVE UNDROP CACHE UNCACHE QUIESCE TERMINATE DUMP GROOM GENERATE ' +
    'SETUSER EXECUTE EXEC TRAN TRANSACTION WORK PROCEDURE FUNCTION INSTALL SUMMARIZE PIVOT FLUSH REPAIR CHANGE CONVERSATION MOVE ABORT GOTO BULK TRANSFER USING INVOKE ECHO QUERY SOURCE ENABLE DISABLE BREAK CONTINUE'
  ).split(' '),
);

/** Reads one statement into the catalogue. Statements that define no schema are passed over, unknown ones reported. */
export function readStatement(cursor: TokenCursor, context: StatementContext): void {
  const first = cursor.next()?.word ?? '';
  switch (first) {
    case 'CREATE':
    case 'REPLACE':
    case 'RECREATE':
      return readCreate(cursor, context, first !== 'CREATE');
    case 'DECLARE':
      if (cursor.take('GLOBAL', 'TEMPORARY', 'TABLE')) readCreateTable(cursor, context, false);
      else readBlock(cursor, context);
      return;
    case 'BEGIN':
    case 'DO':
      return readBlock(cursor, context);
    case 'SET':
      return noteVariables(cursor, context);
    case 'SELECT':
    case 'WITH':
      cursor.at -= 1;
      return readSelectInto(cursor, context);
    case 'ALTER':
      return readAlter(cursor, context);
    case 'COMMENT':
      cursor.take('IF', 'EXISTS');
      if (cursor.take('ON') || context.dialect === 'teradata') readComment(cursor, context, false);
      return;
    case 'LABEL':
      if (cursor.take('ON')) readComment(cursor, context, true);
      return;
    case 'DROP':
      while (createModifiers.has(cursor.word())) cursor.at += 1;
      if (cursor.take('TABLE') || cursor.take('VIEW')) readDrop(cursor, context);
      return;
    case 'RENAME':
      return readRename(cursor, context);
    case 'EXEC':
    case 'EXECUTE':
      return readProcedureCall(cursor, context);
    default:
      if (first.startsWith('SP_')) {
        cursor.at -= 1;
        readProcedureCall(cursor, context);
      } else if (!otherStatements.has(first)) context.report('info', 'The statement is not understood and left out');
  }
}

function readAlter(cursor: TokenCursor, context: StatementContext): void {
  while (createModifiers.has(cursor.word()) && cursor.word(1) !== '.') cursor.at += 1;
  if (cursor.take('TABLE')) readAlterTable(cursor, context);
  else if (cursor.take('SCHEMA')) readTransfer(cursor, context);
}

function readCreate(cursor: TokenCursor, context: StatementContext, replaceFirst: boolean): void {
  const start = cursor.at;
  const found = skipModifiers(cursor);
  const replace = replaceFirst || found.replace;
  if (cursor.take('TABLE')) return readCreateTable(cursor, context, replace);
  if (cursor.take('VIEW') || cursor.take('QUERY')) {
    // A log of a materialized view, not a view.
    return cursor.word() === 'LOG' && cursor.word(1) === 'ON' ? undefined : readView(cursor, context);
  }
  if (cursor.take('INDEX')) return readCreateIndex(cursor, context, found.unique);
  return readCreateOther(cursor, context, cursor.at > start + 1 || replaceFirst);
}

/** `modified`: words stand before the kind of object, so that it is an object of some kind that defines no table. */
function readCreateOther(cursor: TokenCursor, context: StatementContext, modified: boolean): void {
  // DB2 for z/OS once wrote CREATE TYPE 2 INDEX.
  if (cursor.word() === 'TYPE' && cursor.peek(1)?.kind === 'number') {
    cursor.at += 2;
    const { unique } = skipModifiers(cursor);
    if (cursor.take('INDEX')) readCreateIndex(cursor, context, unique);
    return;
  }
  if (cursor.is('TYPE') || cursor.is('DOMAIN')) {
    cursor.at += 1;
    return cursor.word() === 'BODY' ? undefined : readTypeDefinition(cursor, context);
  }
  if (!modified && !otherObjects.has(cursor.word()))
    context.report(
      'info',
      'The statement is not understood and left out; if it defines a table, correct its first words',
    );
}

function skipModifiers(cursor: TokenCursor): { readonly unique: boolean; readonly replace: boolean } {
  let unique = false;
  let replace = false;
  while (createModifiers.has(cursor.word()) || cursor.word() === 'DEFINER' || cursor.word() === '=') {
    unique ||= cursor.word() === 'UNIQUE';
    replace ||= cursor.word() === 'REPLACE';
    if (cursor.word() === '=') skipDefiner(cursor);
    else cursor.at += 1;
  }
  return { unique, replace };
}

/** MySQL: `DEFINER = name@host`. */
function skipDefiner(cursor: TokenCursor): void {
  cursor.at += 2;
  while (
    cursor.word() === '@' ||
    cursor.word().startsWith('@') ||
    cursor.peek()?.kind === 'quoted' ||
    cursor.peek()?.kind === 'string'
  )
    cursor.at += 1;
}

/** T-SQL: `SET @v = N'text'`, also behind a DECLARE without a terminator. */
function noteVariables(cursor: TokenCursor, context: StatementContext): void {
  for (; !cursor.done; cursor.at += 1) {
    const text = cursor.peek(2);
    if (cursor.word().startsWith('@') && cursor.word(1) === '=' && text?.kind === 'string')
      context.catalogue.variables.set(cursor.word(), text.text);
  }
}

/** A block that is run where it stands: what it creates is read, whether written out or put into a text. */
function readBlock(cursor: TokenCursor, context: StatementContext): void {
  noteVariables(cursor, context);
  const body = cursor.tokens.find(({ kind }) => kind === 'string');
  if (cursor.tokens[0]?.word !== 'DO') context.readNested(null, context.line);
  else if (body !== undefined) context.readNested(body.text, body.line);
}

/** `EXEC (N'CREATE …')`, `EXECUTE IMMEDIATE 'CREATE …'`, `EXEC sp_executesql @statement = N'CREATE …'`. */
function readExecuted(cursor: TokenCursor, context: StatementContext): void {
  if (cursor.word(1) === '=') cursor.at += 2;
  const executed = literalAt(cursor.tokens, cursor.at);
  if (executed !== null) context.readNested(executed.text, executed.line);
}

function readProcedureCall(cursor: TokenCursor, context: StatementContext): void {
  if (cursor.word() === '(') return readExecuted(cursor, context);
  // What a block executes is found with the block.
  if (cursor.word() === 'IMMEDIATE' || cursor.peek()?.kind === 'string')
    return context.nested ? undefined : readExecuted(cursor, context);
  const token = cursor.peek();
  if (token === undefined || (token.kind !== 'word' && token.kind !== 'quoted')) return;
  const name = readNameParts(cursor, 'a procedure').at(-1)?.toLowerCase() ?? '';
  procedures.get(name)?.(cursor, context);
}

const procedures: ReadonlyMap<string, (cursor: TokenCursor, context: StatementContext) => void> = new Map([
  ['sp_addextendedproperty', readExtendedProperty],
  ['sp_executesql', readExecuted],
  ['sp_addtype', readAddType],
  ['sp_rename', readSpRename],
  ['sp_primarykey', (cursor, context) => readSpKey(cursor, context, false)],
  ['sp_foreignkey', (cursor, context) => readSpKey(cursor, context, true)],
]);
