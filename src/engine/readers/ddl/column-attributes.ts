/** What may follow a column's type, in all dialects: one handler an attribute, by its first word. */
import type { ColumnDraft, Reference } from './column-draft.ts';
import { readCastType } from './read-cast-type.ts';
import { readExpression, readGroupText } from './read-expression.ts';
import { readDescription } from './read-description.ts';
import { readColumnList, readIdentifier, readNameParts, readTableName } from './read-name.ts';
import type { TokenCursor } from './token-cursor.ts';

/** Called with the cursor on the attribute's first word; leaves it behind the attribute. */
type AttributeHandler = (cursor: TokenCursor, draft: ColumnDraft) => void;

/** Steps over the word and `count` tokens or groups after it. */
const skip =
  (count: number): AttributeHandler =>
  (cursor) => {
    for (let i = 0; i <= count; i += 1) cursor.skip();
  };

/** Steps over the word and a group after it, if there is one. */
const skipWithGroup: AttributeHandler = (cursor) => {
  cursor.at += 1;
  if (cursor.word() === '(') cursor.skip();
};

const skipWithValue: AttributeHandler = (cursor) => {
  cursor.at += 1;
  cursor.take('=');
  cursor.skip();
};

const readNot: AttributeHandler = (cursor, draft) => {
  cursor.at += 1;
  if (cursor.take('NULL')) draft.nullable = false;
  else if (cursor.take('FOR', 'REPLICATION')) return;
  else cursor.skip();
};

const readNull: AttributeHandler = (cursor, draft) => {
  cursor.at += 1;
  draft.nullable = true;
};

const readDefault: AttributeHandler = (cursor, draft) => {
  cursor.at += 1;
  const onNull = cursor.take('ON', 'NULL');
  // Oracle 23: DEFAULT ON NULL [FOR INSERT ONLY | FOR INSERT AND UPDATE] expr.
  if (onNull && cursor.take('FOR', 'INSERT') && !cursor.take('ONLY')) cursor.take('AND', 'UPDATE');
  const text = readExpression(cursor);
  if (text !== '') draft.default = text;
  if (/^\(*nextval\s*\(/i.test(text)) draft.identity = true;
  // What Redshift shows in place of IDENTITY(…).
  if (/^"identity"\s*\(/.test(text)) {
    draft.identity = true;
    draft.default = null;
  }
};

const readGenerated: AttributeHandler = (cursor, draft) => {
  cursor.at += 1;
  if (!cursor.take('ALWAYS') && cursor.take('BY', 'DEFAULT')) cursor.take('ON', 'NULL');
  if (cursor.is('FOR', 'EACH', 'ROW')) return readForEachRow(cursor);
  if (cursor.word() === 'AS') readAs(cursor, draft);
};

/** DB2: `FOR EACH ROW ON UPDATE AS ROW CHANGE TIMESTAMP`. */
function readForEachRow(cursor: TokenCursor): void {
  while (!cursor.done && !cursor.is('NOT') && cursor.word() !== 'HIDDEN' && cursor.word() !== 'PRIMARY') cursor.at += 1;
}

const skipTwo = skip(2);

const readFor: AttributeHandler = (cursor, draft) => {
  if (cursor.is('FOR', 'EACH', 'ROW')) readForEachRow(cursor);
  else skipTwo(cursor, draft);
};

const readAfter: AttributeHandler = (cursor, draft) => {
  cursor.at += 1;
  draft.place = { after: readIdentifier(cursor, 'a column name') };
};

const readFirst: AttributeHandler = (cursor, draft) => {
  cursor.at += 1;
  draft.place = { after: null };
};

/** Of SQL Server's ledgers, DB2's labels and its auxiliary columns: `AS TRANSACTION_ID START`, `AS SECURITY LABEL`. */
const systemValues: ReadonlySet<string> = new Set(['TRANSACTION_ID', 'SEQUENCE_NUMBER', 'SECURITY']);

const readAs: AttributeHandler = (cursor, draft) => {
  cursor.at += 1;
  if (cursor.word() === 'IDENTITY') readIdentity(cursor, draft);
  else if (systemValues.has(cursor.word())) cursor.at += 2;
  else if (cursor.take('ROW', 'CHANGE') || cursor.take('TRANSACTION', 'START') || cursor.take('ROW')) cursor.skip();
  else if (cursor.take('VALIDTIME') || cursor.take('TRANSACTIONTIME')) return;
  else readComputed(cursor, draft);
};

function readComputed(cursor: TokenCursor, draft: ColumnDraft): void {
  if (draft.rawType === '') draft.rawType = readCastType(cursor);
  draft.generated =
    cursor.word() === '(' && isWholeGroup(cursor) ? readGroupText(cursor) : readExpression(cursor, true);
}

/** `AS (a + b)` is a group, `AS (a) + b` is not. */
function isWholeGroup(cursor: TokenCursor): boolean {
  const next = cursor.tokens[cursor.afterParens()];
  return next === undefined || cursor.afterParens() >= cursor.end || next.kind === 'word' || next.word === ',';
}

/** Of the sequence behind an identity: Oracle writes them without parentheses. */
const valueOptions: ReadonlySet<string> = new Set(['MINVALUE', 'MAXVALUE', 'CACHE']);
const plainOptions: ReadonlySet<string> = new Set(
  'ORDER NOORDER CYCLE NOCYCLE NOCACHE NOMINVALUE NOMAXVALUE KEEP NOKEEP SCALE NOSCALE'.split(' '),
);

const readIdentity: AttributeHandler = (cursor, draft) => {
  draft.identity = true;
  skipWithGroup(cursor, draft);
  for (;;) {
    if (cursor.take('START') || cursor.take('INCREMENT')) {
      if (!cursor.take('WITH')) cursor.take('BY');
      cursor.skip();
    } else if (valueOptions.has(cursor.word())) cursor.at += 2;
    else if (plainOptions.has(cursor.word())) cursor.at += 1;
    else return;
  }
};

const readPrimary: AttributeHandler = (cursor, draft) => {
  cursor.at += 1;
  if (cursor.take('KEY')) draft.primaryKey = true;
  skipKeyOptions(cursor);
};

const readKey: AttributeHandler = (cursor, draft) => {
  cursor.at += 1;
  draft.primaryKey = true;
};

const readUnique: AttributeHandler = (cursor, draft) => {
  cursor.at += 1;
  cursor.take('KEY');
  draft.unique = true;
  skipKeyOptions(cursor);
};

function skipKeyOptions(cursor: TokenCursor): void {
  while (/^(?:CLUSTERED|NONCLUSTERED|ASC|DESC|HASH)$/.test(cursor.word())) cursor.at += 1;
}

/** Snowflake: `FOREIGN KEY REFERENCES`. */
const readForeign: AttributeHandler = (cursor) => {
  cursor.at += 1;
  cursor.take('KEY');
};

const readReferences: AttributeHandler = (cursor, draft) => {
  draft.references = { name: draft.constraintName, to: readReference(cursor) };
};

const readCheck: AttributeHandler = (cursor, draft) => {
  cursor.at += 1;
  if (cursor.word() === '(') draft.checks.push({ name: draft.constraintName, text: readGroupText(cursor) });
};

const readConstraint: AttributeHandler = (cursor, draft) => {
  cursor.at += 1;
  draft.constraintName = readIdentifier(cursor, 'the name of a constraint');
};

const readComment: AttributeHandler = (cursor, draft) => {
  cursor.at += 1;
  if (!cursor.take('=')) cursor.take('IS');
  const token = cursor.next();
  if (token !== undefined) draft.comment = token.text;
};

/** BigQuery: `OPTIONS(description="text", …)`. */
const readOptions: AttributeHandler = (cursor, draft) => {
  cursor.at += 1;
  if (cursor.word() === '(') draft.comment = readDescription(cursor) ?? draft.comment;
};

const readBefore: AttributeHandler = (cursor, draft) => {
  cursor.at += 1;
  draft.place = { before: readIdentifier(cursor, 'a column name') };
};

/** Firebird: `COMPUTED [BY] (expression)`. */
const readComputedBy: AttributeHandler = (cursor, draft) => {
  cursor.at += 1;
  cursor.take('BY');
  readComputed(cursor, draft);
};

/** Vertica: `SET USING expression`, `ENCODING RLE`. */
const readSet: AttributeHandler = (cursor) => {
  cursor.at += 1;
  if (cursor.take('USING')) readExpression(cursor);
};

const readTitle: AttributeHandler = (cursor, draft) => {
  cursor.at += 1;
  const token = cursor.next();
  if (token?.kind === 'string') draft.comment ??= token.text;
};

const readOn: AttributeHandler = (cursor, draft) => {
  cursor.at += 1;
  if (cursor.take('UPDATE') || cursor.take('DELETE')) {
    if (!cursor.take('SET', 'NULL') && !cursor.take('SET', 'DEFAULT') && !cursor.take('NO', 'ACTION'))
      skipWithGroup(cursor, draft);
  } else if (cursor.take('CONFLICT')) cursor.skip();
  else skipWithGroup(cursor, draft);
};

const readWith: AttributeHandler = (cursor, draft) => {
  cursor.at += 1;
  if (cursor.word() === 'DEFAULT') readDefault(cursor, draft);
  else if (cursor.word() === '(') cursor.skip();
  else if (cursor.word() === 'MASKING') readMasking(cursor, draft);
  else if (!cursor.take('VALUES') && !cursor.take('CHECK', 'OPTION') && !cursor.take('NO', 'CHECK', 'OPTION'))
    cursor.skip();
};

const readMasking: AttributeHandler = (cursor) => {
  cursor.at += 1;
  cursor.take('POLICY');
  readNameParts(cursor, 'the name of a policy');
  if (cursor.take('USING')) cursor.skip();
};

/** Databricks: `MASK function [USING COLUMNS (…)]`. */
const readMask: AttributeHandler = (cursor) => {
  cursor.at += 1;
  readNameParts(cursor, 'the name of a function');
  if (cursor.take('USING', 'COLUMNS')) cursor.skip();
};

const readCharacter: AttributeHandler = (cursor) => {
  cursor.at += 1;
  if (cursor.take('SET')) cursor.take('=');
  cursor.skip();
};

const readCollate: AttributeHandler = (cursor) => {
  cursor.at += 1;
  cursor.take('=');
  readNameParts(cursor, 'a collation');
};

const readCompress: AttributeHandler = (cursor) => {
  cursor.at += 1;
  if (cursor.word() === '(' || cursor.word() === '-' || ['number', 'string'].includes(cursor.peek()?.kind ?? '')) {
    cursor.take('-');
    cursor.skip();
  } else if (cursor.word() === 'NULL' || cursor.word() === 'USING') cursor.at += cursor.word() === 'USING' ? 2 : 1;
};

const readUsing: AttributeHandler = (cursor) => {
  cursor.at += 1;
  if (!cursor.take('INDEX')) cursor.skip();
  else
    while (
      !cursor.done &&
      !['ENABLE', 'DISABLE', 'NOT', 'NULL', 'CHECK', 'CONSTRAINT', 'REFERENCES', 'UNIQUE'].includes(cursor.word())
    )
      cursor.skip();
};

/** Oracle: `ENCRYPT [USING 'AES192'] [IDENTIFIED BY secret] ['SHA-1'] [[NO] SALT]`; `ENCRYPT (…)` elsewhere. */
const readEncrypt: AttributeHandler = (cursor, draft) => {
  skipWithGroup(cursor, draft);
  if (cursor.take('USING')) cursor.skip();
  if (cursor.take('IDENTIFIED', 'BY')) cursor.skip();
  if (cursor.take('WITH')) readNameParts(cursor, 'the name of a key');
  if (cursor.peek()?.kind === 'string') cursor.at += 1;
  cursor.take('NO', 'SALT');
  cursor.take('SALT');
};

/** SQL Server: `INDEX name [UNIQUE] [CLUSTERED] [HASH] [(columns)] [WITH (…)] [WHERE …] [ON …]`. */
const readIndex: AttributeHandler = (cursor, draft) => {
  cursor.at += 1;
  const name = readIdentifier(cursor, 'an index name');
  let unique = false;
  while (/^(?:UNIQUE|CLUSTERED|NONCLUSTERED|HASH)$/.test(cursor.word()))
    unique = cursor.next()?.word === 'UNIQUE' || unique;
  const columns = readColumnList(cursor);
  draft.indexes.push({ name, columns: columns.length > 0 ? columns : [draft.name], unique });
  if (cursor.word() === 'WITH' && cursor.word(1) === '(') skipWithGroup(cursor, draft);
  if (cursor.take('WHERE')) readExpression(cursor);
};

/** PostgreSQL: `STORAGE EXTERNAL`; Teradata: `STORAGE FORMAT AVRO`. */
const readStorage: AttributeHandler = (cursor) => {
  cursor.at += 1;
  cursor.take('FORMAT');
  cursor.skip();
};

/** MySQL: `SERIAL DEFAULT VALUE` stands for NOT NULL AUTO_INCREMENT UNIQUE. */
const readSerial: AttributeHandler = (cursor, draft) => {
  cursor.at += 1;
  if (!cursor.take('DEFAULT', 'VALUE')) return;
  draft.identity = true;
  draft.nullable = false;
  draft.unique = true;
};

/** HANA: `FUZZY SEARCH INDEX ON`, `FUZZY SEARCH MODE 'x'`, `FAST PREPROCESS OFF`. */
const readSearch: AttributeHandler = (cursor) => {
  cursor.at += 1;
  while (['SEARCH', 'INDEX', 'MODE', 'PREPROCESS', 'MINING', 'ANALYSIS', 'ONLY'].includes(cursor.word()))
    cursor.at += 1;
  cursor.skip();
};

const readNamed: AttributeHandler = (cursor) => {
  cursor.at += 1;
  cursor.take('IS');
  readNameParts(cursor, 'a name');
  if (cursor.word() === '(') cursor.skip();
};

const handlers: readonly (readonly [string, AttributeHandler])[] = [
  ['NOT', readNot],
  ['NULL', readNull],
  ['DEFAULT', readDefault],
  ['GENERATED', readGenerated],
  ['AS COMPUTE', readAs],
  ['COMPUTED', readComputedBy],
  ['OPTIONS', readOptions],
  ['BEFORE', readBefore],
  ['SET', readSet],
  ['IDENTITY AUTO_INCREMENT AUTOINCREMENT', readIdentity],
  ['PRIMARY', readPrimary],
  ['KEY', readKey],
  ['UNIQUE', readUnique],
  ['FOREIGN', readForeign],
  ['REFERENCES', readReferences],
  ['CHECK', readCheck],
  ['CONSTRAINT', readConstraint],
  ['COMMENT', readComment],
  ['TITLE', readTitle],
  ['ON', readOn],
  ['WITH', readWith],
  ['MASKING', readMasking],
  ['CHARACTER CHARSET', readCharacter],
  ['COLLATE', readCollate],
  ['COMPRESS DECOMPRESS', readCompress],
  ['USING', readUsing],
  [
    'ENABLE DISABLE VALIDATE NOVALIDATE RELY NORELY DEFERRABLE ENFORCED VISIBLE INVISIBLE HIDDEN SPARSE ROWGUIDCOL FILESTREAM PERSISTED PERSISTENT STORED VIRTUAL ' +
      'CASESPECIFIC UPPERCASE UC CS DISTKEY SORTKEY SORT LOGGED COMPACT ASC DESC CLUSTERED NONCLUSTERED BINARY ASCII UNICODE UPDATE CASCADE RESTRICT UNSIGNED ' +
      'RESERVABLE UTF8 CS_STRING CS_FIXED CS_INT CS_DOUBLE CS_FLOAT CS_DAYDATE CS_DATE CS_TIME CS_SECONDTIME CS_SECONDDATE CS_LONGDATE CS_RAW CS_POINT CS_ALPHANUM CS_TEXT CS_DECIMAL_FLOAT ' +
      'ZEROFILL SIGNED WITHOUT LOCAL IDENTITY_CACHE NO IMPLICITLY COMPRESSIBLE MATERIALIZED',
    skip(0),
  ],
  ['STORAGE', readStorage],
  ['FORMAT NAMED ENCODE BLOCK_SIZE LINK COMPRESSION SRID INITIALLY CCSID COLUMN_FORMAT FAMILY PATH COLLATION', skip(1)],
  ['ENGINE_ATTRIBUTE SECONDARY_ENGINE_ATTRIBUTE', skipWithValue],
  ['INLINE SECURED MATCH DATA CHECKSUM', skip(2)],
  ['FOR', readFor],
  ['AFTER', readAfter],
  ['FIRST', readFirst],
  ['MASKED ENCRYPTED', skip(2)],
  ['ENCRYPT', readEncrypt],
  ['INDEX', readIndex],
  ['SCOPE FIELDPROC DOMAIN', readNamed],
  ['TAG OFF ROW COLUMN_SET ALLOCATE ANNOTATIONS CODEC IQ', skipWithGroup],
  ['IN', readNamed],
  ['ENCODING ACCESSRANK SELECTIVITY', skip(1)],
  ['MEMORY', skip(2)],
  ['MASK', readMask],
  ['SERIAL', readSerial],
  ['FUZZY FAST', readSearch],
  ['LINKTYPE', skip(1)],
  ['PROJECTION DECRYPT_DEFAULT', skip(1)],
];

/** Handlers by upper-case first word. A word that is missing here is kept as unknown by the column reader. */
export const columnAttributes: ReadonlyMap<string, AttributeHandler> = new Map(
  handlers.flatMap(([words, handler]) => words.split(' ').map((word) => [word, handler] as const)),
);

/** `REFERENCES table [(columns)]` with its actions. */
export function readReference(cursor: TokenCursor): Reference {
  cursor.take('REFERENCES');
  cursor.take('WITH', 'NO', 'CHECK', 'OPTION');
  cursor.take('WITH', 'CHECK', 'OPTION');
  const name = readTableName(cursor, 'the referenced table');
  return { ...name, columns: readColumnList(cursor) };
}
