/** One statement of a script of control flow as DuckDB SQL, by its first word. */
import { quoteIdentifier } from '../../core/text.ts';
import { sqlName, tableRelation } from '../../dataflow/sql-name.ts';
import { readDdl } from '../../readers/ddl/index.ts';
import { duckDbType } from '../../sql/dialects/duckdb/print-type.ts';
import { argumentsOf, isName, symbolOf, wordOf, type SqlToken } from '../../sql/sql-tokens.ts';
import type { RewriteOptions } from './rewriter.ts';
import { castSql } from './tsql-call.ts';

export interface StatementContext {
  readonly text: string;
  readonly options: RewriteOptions;
  readonly rewrite: (tokens: readonly SqlToken[], inQuery?: boolean) => string;
  /** SQL that stands for a variable of the script from here on. */
  readonly declare: (name: string, sql: string) => void;
}

export interface StatementSql {
  readonly sql?: readonly string[];
  readonly refusal?: string;
  readonly note?: string;
  readonly confidence?: number;
}

type Writer = (tokens: readonly SqlToken[], context: StatementContext) => StatementSql;

const textOf = (token: SqlToken | undefined): string => token?.text ?? '';
const refuse = (refusal: string): StatementSql => ({ refusal });

/** The relation that a name with its qualifiers means, and how many tokens that is; null where it is none of the run's. */
function relationAt(
  tokens: readonly SqlToken[],
  at: number,
  { options }: StatementContext,
): { readonly sql: string; readonly length: number } | null {
  let length = 1;
  while (
    tokens[at + length]?.text === '.' &&
    (isName(tokens[at + length + 1]) || tokens[at + length + 1]?.text === '.')
  )
    length += tokens[at + length + 1]?.text === '.' ? 1 : 2;
  const first = tokens[at];
  const last = tokens[at + length - 1];
  const catalogue = tokens.slice(at, at + length).some((one) => /^(?:sys|information_schema)$/i.test(one.text));
  if (!isName(first) || !isName(last) || catalogue) return null;
  const schema = length > 2 ? tokens[at + length - 3] : undefined;
  const table = options.resolve(textOf(last), isName(schema) ? textOf(schema) : undefined);
  return table === null ? null : { sql: tableRelation(table), length };
}

const unknownTable = (tokens: readonly SqlToken[], at: number): StatementSql =>
  refuse(`it uses the table ${tokens[at]?.text ?? ''}, which is not known here`);

function indexAtTop(tokens: readonly SqlToken[], from: number, ...words: readonly string[]): number {
  let open = 0;
  for (let at = from; at < tokens.length; at += 1) {
    const symbol = symbolOf(tokens[at]);
    if (symbol === '(') open += 1;
    if (symbol === ')') open -= 1;
    if (open === 0 && words.includes(wordOf(tokens[at]))) return at;
  }
  return -1;
}

/** Tokens of assignments without the table's name before the columns that are set. */
function unqualifiedTargets(tokens: readonly SqlToken[]): readonly SqlToken[] {
  const starts = (at: number): boolean => /^(?:set|,)$/i.test(textOf(tokens[at]));
  const dropped = new Set<number>();
  for (let at = 1; at + 3 < tokens.length; at += 1)
    if (starts(at - 1) && textOf(tokens[at + 1]) === '.' && textOf(tokens[at + 3]) === '=') dropped.add(at).add(at + 1);
  return tokens.filter((_token, at) => !dropped.has(at));
}

const truncate: Writer = (tokens, context) => {
  const at = wordOf(tokens[1]) === 'table' ? 2 : 1;
  const table = relationAt(tokens, at, context);
  return table === null ? unknownTable(tokens, at) : { sql: [`DELETE FROM ${table.sql}`] };
};

const remove: Writer = (tokens, context) => {
  const at = wordOf(tokens[1]) === 'from' ? 2 : 1;
  const table = relationAt(tokens, at, context);
  if (table === null) return unknownTable(tokens, at);
  let next = at + table.length;
  const after = tokens[next];
  const alias = isName(after) && !/^(?:where|from|as|output)$/.test(wordOf(after)) ? textOf(after) : null;
  if (alias !== null) next += 1;
  if (next < tokens.length && wordOf(tokens[next]) !== 'where') return refuse('it deletes rows by a join');
  const name = alias === null ? '' : ` AS ${sqlName(alias)}`;
  return { sql: [`DELETE FROM ${table.sql}${name} ${context.rewrite(tokens.slice(next), true)}`.trim()] };
};

const update: Writer = (tokens, context) => {
  const table = relationAt(tokens, 1, context);
  if (table === null) return unknownTable(tokens, 1);
  const set = indexAtTop(tokens, 1 + table.length, 'set');
  if (set < 0) return refuse('it is an UPDATE without SET');
  const alias = set > 1 + table.length ? tokens[set - 1] : undefined;
  if (indexAtTop(tokens, set, 'from', 'output') > 0) return refuse('it updates rows by a join');
  const name = alias === undefined ? '' : ` AS ${sqlName(alias.text)}`;
  return { sql: [`UPDATE ${table.sql}${name} ${context.rewrite(unqualifiedTargets(tokens.slice(set)), true)}`] };
};

const insert: Writer = (tokens, context) => {
  const at = wordOf(tokens[1]) === 'into' ? 2 : 1;
  const table = relationAt(tokens, at, context);
  if (table === null) return unknownTable(tokens, at);
  const rest = tokens.slice(at + table.length);
  if (rest.some((token) => /^(?:exec|execute|output)$/.test(wordOf(token))))
    return refuse('it inserts what a procedure gives');
  const starts = rest.findIndex((token) => /^(?:values|select|with|default)$/.test(wordOf(token)));
  const columns = rest.slice(0, starts).map((token) => (isName(token) ? sqlName(token.text) : token.text));
  const list = columns.length === 0 ? '' : `${columns.join('').replaceAll(',', ', ')} `;
  if (starts < 0) return refuse('it is an INSERT without rows');
  return { sql: [`INSERT INTO ${table.sql} ${list}${query(rest.slice(starts), context)}`] };
};

/** A SELECT, in which TOP of its first level turns to LIMIT. */
function query(tokens: readonly SqlToken[], context: StatementContext): string {
  const top = tokens.findIndex(
    (token, at) => wordOf(token) === 'top' && /^(?:select|distinct)$/.test(wordOf(tokens[at - 1])),
  );
  if (top < 0 || context.options.dialect !== 'tsql') return context.rewrite(tokens);
  const open = tokens[top + 1]?.text === '(' ? 1 : 0;
  const count = tokens[top + 1 + open];
  const end = top + 2 + 2 * open;
  const last = /^(?:percent|with)$/.test(wordOf(tokens[end]));
  const union = indexAtTop(tokens, 0, 'union', 'except', 'intersect') >= 0;
  const number = count?.kind === 'number' ? count.text : null;
  if (top > 2 || number === null || last || union) return 'TOP';
  return `${context.rewrite([...tokens.slice(0, top), ...tokens.slice(end)])} LIMIT ${number}`;
}

const select: Writer = (tokens, context) => {
  const into = indexAtTop(tokens, 1, 'into');
  const end = indexAtTop(tokens, 1, 'from');
  if (into > 0) {
    const table = relationAt(tokens, into + 1, context);
    if (table === null) return unknownTable(tokens, into + 1);
    const rest = [...tokens.slice(0, into), ...tokens.slice(into + 1 + table.length)];
    return { sql: [`CREATE TABLE ${table.sql} AS ${query(rest, context)}`] };
  }
  const variable = tokens[1]?.text ?? '';
  if (variable.startsWith('@') && tokens[2]?.text === '=') {
    const stop = end < 0 ? tokens.length : end;
    const rest = end < 0 ? '' : ` ${context.rewrite(tokens.slice(end), true)}`;
    if (tokens.slice(0, stop).some((token, at) => token.text === '=' && at > 2 && tokens[at - 2]?.text === ','))
      return refuse('it sets several variables in one SELECT');
    const value = assign(variable, `SELECT ${context.rewrite(tokens.slice(3, stop))}${rest}`, context);
    return end < 0
      ? value
      : {
          ...value,
          note: 'A variable set by a SELECT without rows is NULL here and keeps its value there',
          confidence: 0.85,
        };
  }
  const sql = query(tokens, context);
  return sql.endsWith('TOP') || /\bTOP\b/.test(sql) ? refuse('it has a TOP that is no LIMIT') : { sql: [sql] };
};

const variableSql = (name: string): string => `getvariable('${name}')`;

function assign(name: string, sql: string, context: StatementContext): StatementSql {
  const statement = `SET VARIABLE ${quoteIdentifier(name)} = (${sql})`;
  context.declare(name, variableSql(name));
  return { sql: [statement] };
}

const set: Writer = (tokens, context) => {
  const name = tokens[1]?.text ?? '';
  if (!name.startsWith('@')) return { sql: [], note: `SET ${name} has no effect here` };
  if (tokens[2]?.text !== '=') return refuse(`it changes ${name} in place`);
  return assign(name, context.rewrite(tokens.slice(3)), context);
};

/** `DECLARE @a INT = 1, @b DATE`. */
const declare: Writer = (tokens, context) => {
  const sql: string[] = [];
  for (const part of argumentsOf(tokens.slice(1))) {
    const name = part[0]?.text ?? '';
    const value = part.findIndex((token) => token.text === '=');
    const type = part.slice(wordOf(part[1]) === 'as' ? 2 : 1, value < 0 ? part.length : value);
    const written = context.text.slice(type[0]?.start ?? 0, type.at(-1)?.end ?? 0);
    const cast = castSql(value < 0 ? 'NULL' : context.rewrite(part.slice(value + 1)), written);
    if (!name.startsWith('@') || cast === null) return refuse(`it declares ${name} as ${written}`);
    sql.push(`SET VARIABLE ${quoteIdentifier(name)} = ${cast.sql}`);
    context.declare(name, cast.text === true ? `CAST(${variableSql(name)} AS VARCHAR)` : variableSql(name));
  }
  return { sql };
};

/** A table by the columns that it is made with. */
function madeTable(body: string, relation: string, dialect: 'sqlserver' | 'oracle'): StatementSql {
  const [read] = readDdl(`CREATE TABLE t ${body};`, { file: '', dialect }).tables;
  if (read === undefined || read.columns.length === 0)
    return refuse('the columns of the table that it creates cannot be read');
  const columns = read.columns.map((column) => {
    const required = !column.nullable && !column.identity;
    return `${sqlName(column.name)} ${duckDbType(column)}${required ? ' NOT NULL' : ''}`;
  });
  const lost = read.columns.some((column) => column.identity || column.default !== null);
  return {
    sql: [`CREATE TABLE ${relation} (${columns.join(', ')})`],
    ...(lost ? { note: 'Defaults and counters of the columns are left out', confidence: 0.85 } : {}),
  };
}

const create: Writer = (tokens, context) => {
  const head = tokens.slice(1, 6).map(wordOf);
  if (head.some((word) => word === 'index' || word === 'statistics'))
    return { sql: [], note: 'An index changes no rows: it is not made' };
  const at = head.indexOf('table') + 2;
  if (at < 2 || at > 4) return refuse(`it creates a ${head.find((word) => word !== '') ?? 'thing'}`);
  const table = relationAt(tokens, at, context);
  if (table === null) return unknownTable(tokens, at);
  const as = indexAtTop(tokens, at, 'as');
  if (as > 0) return { sql: [`CREATE TABLE ${table.sql} AS ${query(tokens.slice(as + 1), context)}`] };
  const body = context.text.slice(tokens[at + table.length]?.start ?? 0, tokens.at(-1)?.end ?? 0);
  return madeTable(body, table.sql, context.options.dialect === 'tsql' ? 'sqlserver' : 'oracle');
};

const drop: Writer = (tokens, context) => {
  const kind = wordOf(tokens[1]);
  if (kind === 'index' || kind === 'statistics')
    return { sql: [], note: 'An index changes no rows: it is not dropped' };
  if (kind !== 'table') return refuse(`it drops a ${kind}`);
  const lenient = wordOf(tokens[2]) === 'if';
  const sql: string[] = [];
  let at = lenient ? 4 : 2;
  while (at < tokens.length) {
    const table = relationAt(tokens, at, context);
    if (table === null) return unknownTable(tokens, at);
    sql.push(`DROP TABLE ${lenient ? 'IF EXISTS ' : ''}${table.sql}`);
    at += table.length;
    while (tokens[at]?.text === ',' || /^(?:cascade|constraints|purge)$/.test(wordOf(tokens[at]))) at += 1;
  }
  return { sql };
};

const alter: Writer = (tokens) => {
  const words = tokens.map(wordOf);
  if (words[1] === 'index') return { sql: [], note: 'An index changes no rows: it is not changed' };
  if (words[1] === 'session') return { sql: [], note: 'ALTER SESSION has no effect here' };
  const harmless = ['nocheck', 'check', 'enable', 'disable', 'rebuild'].some((word) =>
    words.slice(2, 9).includes(word),
  );
  return harmless && words[1] === 'table'
    ? { sql: [], note: 'Constraints, triggers and storage are not changed' }
    : refuse(`it changes a ${words[1] ?? 'thing'} (ALTER)`);
};

const merge: Writer = (tokens, context) => {
  const at = wordOf(tokens[1]) === 'into' ? 2 : 1;
  const table = relationAt(tokens, at, context);
  if (table === null) return unknownTable(tokens, at);
  const using = indexAtTop(tokens, at + table.length, 'using');
  if (using < 0 || indexAtTop(tokens, using, 'output') > 0) return refuse('it is a MERGE with OUTPUT or without USING');
  const alias = tokens.slice(at + table.length, using).filter((token) => wordOf(token) !== 'as' && isName(token));
  const source = tokens[using + 1]?.text === '(' ? null : relationAt(tokens, using + 1, context);
  if (alias.length > 1 || (source === null && tokens[using + 1]?.text !== '(')) return unknownTable(tokens, using + 1);
  const rest = unqualifiedTargets(tokens.slice(using + 1 + (source?.length ?? 0)));
  const into = `MERGE INTO ${table.sql}${alias[0] === undefined ? '' : ` AS ${sqlName(alias[0].text)}`}`;
  return {
    sql: [`${into} USING ${source === null ? '' : `${source.sql} `}${context.rewrite(rest)}`],
    confidence: 0.85,
  };
};

const ignored =
  (note: string): Writer =>
  () => ({ sql: [], note });

const procedure: Writer = (tokens) => {
  const name = tokens
    .slice(1)
    .map((token) => token.text)
    .join('')
    .split(/[@?'(]/)[0];
  return refuse(`it runs the procedure ${name === '' ? '(by its text)' : name}, whose code is in the database`);
};

const writers: ReadonlyMap<string, Writer> = new Map<string, Writer>([
  ['truncate', truncate],
  ['delete', remove],
  ['update', update],
  ['insert', insert],
  ['select', select],
  ['set', set],
  ['declare', declare],
  ['create', create],
  ['drop', drop],
  ['alter', alter],
  ['merge', merge],
  ...['exec', 'execute', 'call'].map((word) => [word, procedure] as const),
  ['commit', ignored('Transactions are left out: every statement is final')],
  ['rollback', () => refuse('it takes changes back (ROLLBACK)')],
  ['begin', ignored('Transactions are left out: every statement is final')],
  ['print', ignored('Messages are not printed')],
  ['use', ignored('There is one database: USE is left out')],
  ...['grant', 'revoke', 'deny', 'analyze', 'lock'].map(
    (word) => [word, ignored(`${word.toUpperCase()} changes no rows: it is left out`)] as const,
  ),
  [
    'with',
    (tokens, context) =>
      indexAtTop(tokens, 1, 'insert', 'update', 'delete', 'merge') > 0
        ? refuse('it changes rows of a common table expression')
        : { sql: [query(tokens, context)] },
  ],
]);

/** The statement, or why it cannot be translated. */
export function translateStatement(tokens: readonly SqlToken[], context: StatementContext): StatementSql {
  const word = wordOf(tokens[0]);
  const writer = writers.get(word);
  if (writer === undefined)
    return refuse(word === '' ? 'it is no statement' : `it has a ${word.toUpperCase()} statement`);
  return writer(tokens, context);
}
