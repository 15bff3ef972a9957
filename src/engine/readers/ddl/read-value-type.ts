/** The type of an expression of a query, from its tokens: operators, literals, casts, functions and references. */
import type { Dialect } from '../../../shared/model/schema.ts';
import { normaliseType } from '../types/normalise-type.ts';
import { functionRule, valueWordType } from './function-types.ts';
import { readCastType } from './read-cast-type.ts';
import { readType } from './read-type.ts';
import { arithmeticType, averageType, sumType, typeOfKind } from './result-types.ts';
import type { Token } from './token.ts';
import { TokenCursor } from './token-cursor.ts';

/** Where an expression stands: what its names mean. */
export interface ValueScope {
  readonly dialect: Dialect | null;
  /** The type of the column of that name; undefined where no column is called so. */
  readonly columnType: (parts: readonly string[]) => string | undefined;
  /** The type that a query gives in place of a value. */
  readonly queryType: (query: TokenCursor) => string;
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));
const maxDepth = 30;
const conditionWords = words(
  'AND OR NOT IS IN LIKE ILIKE RLIKE REGEXP BETWEEN EXISTS SIMILAR GLOB = <> != < > <= >= ~',
);
const additive = words('+ -');
const multiplicative = words('* / % DIV MOD');
const queryWords = words('SELECT SEL WITH');
/** What may follow the parenthesis of a call and leaves its type alone. */
const windowWords = words('OVER KEEP WITHIN GROUP FILTER IGNORE RESPECT NULLS FROM FIRST LAST');
const typedLiterals = words('DATE TIME TIMESTAMP INTERVAL DATETIME TIMESTAMPTZ');
/** Functions that are called as the type that they make. */
const typeFunctions = words(
  'INTEGER INT BIGINT SMALLINT TINYINT DECIMAL DEC NUMERIC DOUBLE FLOAT REAL DATE TIME TIMESTAMP DATETIME VARCHAR CHAR NVARCHAR STRING BOOLEAN DECFLOAT CLOB',
);

/** The type of the expression as a database would give it; empty where the text does not tell. */
export function readValueType(expression: TokenCursor, scope: ValueScope, depth = 0): string {
  if (depth > maxDepth || expression.done) return '';
  const reference = columnReference(expression);
  if (reference !== null) {
    const known = scope.columnType(reference);
    if (known !== undefined || reference.length > 1) return known ?? '';
  }
  if (expression.end - expression.at === 1) return literalType(expression.peek(), scope.dialect);
  return operatorType(expression, scope, depth) ?? primaryType(expression, scope, depth);
}

/** The parts of `a`, `t.a`, `s.t.a`; null for everything else. */
export function columnReference(expression: TokenCursor): readonly string[] | null {
  const parts: string[] = [];
  for (let at = expression.at; at < expression.end; at += 2) {
    const name = expression.tokens[at];
    if (name === undefined || (name.kind !== 'word' && name.kind !== 'quoted')) return null;
    if (at + 1 < expression.end && expression.tokens[at + 1]?.word !== '.') return null;
    parts.push(name.text);
  }
  return parts.length === 0 || (expression.end - expression.at) % 2 === 0 ? null : parts;
}

function literalType(token: Token | undefined, dialect: Dialect | null): string {
  switch (token?.kind) {
    case 'number':
      return numberType(token.text, dialect);
    case 'string':
      return textType(token, dialect);
    case 'word':
      return valueWordType(token.word, dialect);
    default:
      return '';
  }
}

function numberType(text: string, dialect: Dialect | null): string {
  if (/e/i.test(text)) return typeOfKind('float', dialect);
  const [whole = '', fraction] = text.split('.');
  if (fraction === undefined) return typeOfKind(whole.length > 9 ? 'bigint' : 'integer', dialect);
  const digits = whole.replace(/^0+/, '').length + fraction.length;
  return `${dialect === 'oracle' ? 'NUMBER' : 'DECIMAL'}(${Math.max(1, digits)},${fraction.length})`;
}

const boundedTexts: ReadonlySet<Dialect | null> = new Set([
  'oracle',
  'sqlserver',
  'sybase',
  'mysql',
  'db2',
  'teradata',
  'snowflake',
  'redshift',
  'ansi',
  null,
]);

function textType(token: Token, dialect: Dialect | null): string {
  // X'…' is longer by its quotes and prefix.
  if (
    token.end - token.start > token.text.length + 2 &&
    token.kind === 'string' &&
    /^[0-9a-f]*$/i.test(token.text) &&
    isHex(token)
  )
    return typeOfKind('binary', dialect);
  const name = typeOfKind('text', dialect);
  return boundedTexts.has(dialect) ? `${name}(${Math.max(1, token.text.length)})` : name;
}

const isHex = (token: Token): boolean =>
  token.end - token.start === token.text.length + 3 && token.text.length % 2 === 0;

interface Split {
  readonly parts: readonly TokenCursor[];
  readonly operators: readonly string[];
}

/** The type of what its loosest operator makes; undefined where it has none outside parentheses and CASE. */
function operatorType(expression: TokenCursor, scope: ValueScope, depth: number): string | undefined {
  const found = operatorsOf(expression);
  if (found.condition) return typeOfKind('boolean', scope.dialect);
  if (found.joins.length > 0) return joinedType(expression, found.joins[0] ?? 0, scope, depth);
  const level = found.sums.length > 0 ? found.sums : found.products;
  if (level.length > 0) {
    const { parts, operators } = splitAt(expression, level);
    const types = parts.map((part) => readValueType(part, scope, depth + 1));
    return types.reduce((left, right, index) =>
      arithmeticType(left, operators[index - 1] ?? '+', right, scope.dialect),
    );
  }
  return suffixType(expression, scope, depth);
}

function splitAt(expression: TokenCursor, places: readonly number[]): Split {
  const ends = [...places, expression.end];
  return {
    parts: ends.map((end, index) => range(expression, index === 0 ? expression.at : (ends[index - 1] ?? 0) + 1, end)),
    operators: places.map((at) => expression.tokens[at]?.word ?? ''),
  };
}

const range = ({ source, tokens }: TokenCursor, from: number, to: number): TokenCursor =>
  new TokenCursor(source, tokens, from, to);

interface Operators {
  condition: boolean;
  readonly joins: number[];
  readonly sums: number[];
  readonly products: number[];
}

const opening = words('( [ { CASE');
const closing = words(') ] } END');

/** The tokens outside parentheses, brackets and CASE. */
function* topLevel(expression: TokenCursor): Generator<number> {
  let depth = 0;
  for (let at = expression.at; at < expression.end; at += 1) {
    const word = expression.tokens[at]?.word ?? '';
    if (opening.has(word)) depth += 1;
    else if (depth > 0 && closing.has(word)) depth -= 1;
    else if (depth === 0) yield at;
  }
}

/** Where operators stand, by how tightly they bind. */
function operatorsOf(expression: TokenCursor): Operators {
  const found: Operators = { condition: false, joins: [], sums: [], products: [] };
  for (const at of topLevel(expression)) noteOperator(expression, at, expression.tokens[at]?.word ?? '', found);
  return found;
}

function noteOperator(expression: TokenCursor, at: number, word: string, found: Operators): void {
  if (conditionWords.has(word)) found.condition = true;
  else if (at === expression.at) return;
  else if (word === '||' || word === 'CONCAT') found.joins.push(at);
  else if (additive.has(word) && endsOperand(expression.tokens[at - 1])) found.sums.push(at);
  else if (multiplicative.has(word) && endsOperand(expression.tokens[at - 1])) found.products.push(at);
}

function endsOperand(token: Token | undefined): boolean {
  return token !== undefined && (token.kind !== 'op' || token.word === ')' || token.word === ']' || token.word === '}');
}

/** `a || b`: a text, unless one side is a list or a document. */
function joinedType(expression: TokenCursor, at: number, scope: ValueScope, depth: number): string {
  const first = readValueType(range(expression, expression.at, at), scope, depth + 1);
  const { type } = normaliseType(first, scope.dialect);
  return type === 'array' || type === 'json' || type === 'binary' ? first : typeOfKind('text', scope.dialect);
}

/** What stands behind a single operand: `::type`, a path into a document, COLLATE, AT TIME ZONE. */
function suffixType(expression: TokenCursor, scope: ValueScope, depth: number): string | undefined {
  const cast = lastTopLevel(expression, (word) => word === '::');
  if (cast !== -1) {
    const type = range(expression, cast + 1, expression.end);
    const rawType = readType(type);
    return type.done ? rawType : '';
  }
  const suffix = lastTopLevel(
    expression,
    (word) => word === 'COLLATE' || word === 'AT' || word === '->' || word === '->>' || word === ':',
  );
  if (suffix <= expression.at) return undefined;
  const word = expression.tokens[suffix]?.word;
  if (word === 'COLLATE') return readValueType(range(expression, expression.at, suffix), scope, depth + 1);
  if (word === '->>') return typeOfKind('text', scope.dialect);
  if (word === '->' || word === ':') return typeOfKind('json', scope.dialect);
  return zonedType(readValueType(range(expression, expression.at, suffix), scope, depth + 1), scope.dialect);
}

/** AT TIME ZONE gives a zone to what has none, and in PostgreSQL takes it from what has one. */
function zonedType(raw: string, dialect: Dialect | null): string {
  const { timeZone } = normaliseType(raw, dialect);
  return typeOfKind(timeZone && (dialect === 'postgres' || dialect === 'redshift') ? 'timestamp' : 'zoned', dialect);
}

/** Index of the last such word outside parentheses and CASE, or -1. */
export function lastTopLevel(expression: TokenCursor, test: (word: string) => boolean): number {
  let found = -1;
  for (const at of topLevel(expression)) if (test(expression.tokens[at]?.word ?? '')) found = at;
  return found;
}

const signs = words('- + DISTINCT PRIOR');

/** One operand: a sign, a group, a query, CASE, a typed literal or a call. */
function primaryType(expression: TokenCursor, scope: ValueScope, depth: number): string {
  const word = expression.word();
  if (signs.has(word)) return readValueType(range(expression, expression.at + 1, expression.end), scope, depth + 1);
  if (word === '(') return expression.afterParens() === expression.end ? groupType(expression, scope, depth) : '';
  if (word === 'CASE') return caseType(expression, scope, depth);
  if (word === '[' || (word === 'ARRAY' && expression.word(1) !== '')) return typeOfKind('array', scope.dialect);
  if (word === '{') return 'STRUCT';
  return writtenType(expression, scope.dialect) ?? callType(expression, scope, depth);
}

/** `DATE '2020-01-01'`, `INTERVAL '1' DAY`, `_utf8mb4'x'`, DB2's `CURRENT DATE`; undefined for other operands. */
function writtenType(expression: TokenCursor, dialect: Dialect | null): string | undefined {
  const word = expression.word();
  const pair = expression.end - expression.at === 2;
  if (word === 'CURRENT') return pair && typedLiterals.has(expression.word(1)) ? expression.word(1) : '';
  if (expression.peek(1)?.kind !== 'string') return undefined;
  if (word === 'INTERVAL' || (pair && typedLiterals.has(word))) return word;
  return pair && word.startsWith('_') ? typeOfKind('text', dialect) : undefined;
}

function groupType(expression: TokenCursor, scope: ValueScope, depth: number): string {
  const inner = range(expression, expression.at, expression.end).group();
  return queryWords.has(inner.word()) ? scope.queryType(inner) : readValueType(inner, scope, depth + 1);
}

/** The type of the branches. */
function caseType(expression: TokenCursor, scope: ValueScope, depth: number): string {
  const inner = range(expression, expression.at + 1, expression.end - 1);
  if (expression.tokens[inner.end]?.word !== 'END') return '';
  const places = [...topLevel(inner)].filter((at) => branchWords.has(inner.tokens[at]?.word ?? ''));
  const branches = places.flatMap((at, index) =>
    inner.tokens[at]?.word === 'WHEN' ? [] : [range(inner, at + 1, places[index + 1] ?? inner.end)],
  );
  return unified(branches, scope, depth);
}

const branchWords = words('WHEN THEN ELSE');

function unified(parts: readonly TokenCursor[], scope: ValueScope, depth: number): string {
  const values = parts.filter((part) => !part.is('NULL'));
  // A number beside columns, as in COALESCE(amount, 0), takes their type.
  const wide = values.filter((part) => part.peek()?.kind !== 'number' || part.end - part.at > 1);
  const all = (wide.length === 0 ? values : wide).map((part) => readValueType(part, scope, depth + 1));
  const types = all.filter((type) => type !== '');
  const [first] = types;
  if (first === undefined)
    return values.length > wide.length
      ? unified(
          values.filter((part) => !wide.includes(part)),
          scope,
          depth,
        )
      : '';
  const known = types.map((type) => normaliseType(type, scope.dialect));
  if (known.every(({ type }) => type === 'string')) {
    const lengths = types.length < all.length ? [null] : known.map(({ length }) => length);
    return types.every((type) => type === first) && types.length === all.length
      ? first
      : longest(types, lengths, scope.dialect);
  }
  if (types.every((type) => type === first)) return first;
  const numbers = known.every(({ type }) => type === 'integer' || type === 'decimal' || type === 'float');
  return numbers ? types.reduce((left, right) => arithmeticType(left, '+', right, scope.dialect)) : first;
}

function longest(types: readonly string[], lengths: readonly (number | null)[], dialect: Dialect | null): string {
  const widths = lengths.flatMap((length) => length ?? []);
  if (widths.length < lengths.length) return typeOfKind('text', dialect);
  const widest = widths.reduce((a, b) => Math.max(a, b), 0);
  return types[lengths.indexOf(widest)] ?? '';
}

/** A call, whatever window stands behind it. */
function callType(expression: TokenCursor, scope: ValueScope, depth: number): string {
  const name = calledName(expression);
  if (name === null) return '';
  const cast = readCastType(range(expression, name.at, expression.end));
  if (cast !== '') return cast;
  const args = range(expression, name.open, expression.end).group().split();
  return saidType(name.name, args) ?? ruledType(name.name, args, scope, depth);
}

/** `JSON_VALUE(… RETURNING type)`, and `IDENTITY(int, 1, 1)` of SELECT INTO. */
function saidType(name: string, args: readonly TokenCursor[]): string | undefined {
  const [first, last] = [args[0], args.at(-1)];
  if (name === 'IDENTITY' && first !== undefined) return readType(first) || 'NUMERIC';
  const said = last === undefined ? -1 : lastTopLevel(last, (word) => word === 'RETURNING');
  return last === undefined || said <= last.at ? undefined : readType(range(last, said + 1, last.end));
}

function ruledType(name: string, args: readonly TokenCursor[], scope: ValueScope, depth: number): string {
  const rule = functionRule(name, scope.dialect);
  if (rule === undefined) return typeFunctions.has(name) ? madeType(name, args) : '';
  if ('keeps' in rule)
    return keptType(
      name,
      rule.keeps.flatMap((place) => args[place] ?? []),
      scope,
      depth,
    );
  if (rule.gives !== 'sum' && rule.gives !== 'average') return typeOfKind(rule.gives, scope.dialect);
  const raw = args[0] === undefined ? '' : readValueType(args[0], scope, depth + 1);
  return rule.gives === 'sum' ? sumType(raw, scope.dialect) : averageType(raw, scope.dialect);
}

function keptType(name: string, args: readonly TokenCursor[], scope: ValueScope, depth: number): string {
  const raw = unified(args.map(behindFrom), scope, depth);
  // Oracle cuts points in time to days.
  const cut = scope.dialect === 'oracle' && (name === 'TRUNC' || name === 'ROUND' || name === 'ADD_MONTHS');
  return cut && normaliseType(raw, scope.dialect).type === 'timestamp' ? 'DATE' : raw;
}

/** `TRIM(LEADING '0' FROM a)`: the value is behind FROM. */
function behindFrom(argument: TokenCursor): TokenCursor {
  const from = lastTopLevel(argument, (word) => word === 'FROM');
  return from === -1 ? argument : range(argument, from + 1, argument.end);
}

interface CalledName {
  readonly name: string;
  /** Index of the name itself, behind the schema of the system. */
  readonly at: number;
  readonly open: number;
}

function calledName(expression: TokenCursor): CalledName | null {
  const at =
    /^(?:PG_CATALOG|SYS|SYSIBM|TD_SYSFNLIB)$/i.test(expression.peek()?.text ?? '') && expression.word(1) === '.'
      ? expression.at + 2
      : expression.at;
  const called = range(expression, at, expression.end);
  if (called.peek()?.kind !== 'word' || called.word(1) !== '(') return null;
  const name = called.word();
  called.at += 1;
  const open = called.at;
  called.skip();
  while (!called.done && (windowWords.has(called.word()) || called.word() === '(')) {
    const over = called.word() === 'OVER';
    called.skip();
    // `OVER w` names a window.
    if (over) called.skip();
  }
  return called.done ? { name, at, open } : null;
}

/** DB2: `DECIMAL(a, 9, 2)`, `VARCHAR(a, 20)`, `DATE(a)`. */
function madeType(name: string, args: readonly TokenCursor[]): string {
  const numbers = args
    .slice(1)
    .flatMap((part) => (part.peek()?.kind === 'number' && part.end - part.at === 1 ? [part.peek()?.text ?? ''] : []));
  if (name === 'CHAR' && numbers.length === 0) return 'VARCHAR';
  return numbers.length === 0 || numbers.length < args.length - 1 ? name : `${name}(${numbers.join(',')})`;
}
