/** One item of a SELECT list: its name and, where the text tells it, its type. */
import type { Dialect } from '../../../shared/model/schema.ts';
import { typeFirstWords } from '../types/type-rules.ts';
import { newColumnDraft, type ColumnDraft } from './column-draft.ts';
import { readColumnList } from './read-name.ts';
import { readType } from './read-type.ts';
import { columnReference, lastTopLevel, readValueType, type ValueScope } from './read-value-type.ts';
import { sameName } from './table-draft.ts';
import type { Token } from './token.ts';
import { TokenCursor } from './token-cursor.ts';

/** What stands in FROM: a table, a query or the result of a function. Columns that are not known are undefined. */
export interface Source {
  readonly alias: string;
  readonly columns: readonly ColumnDraft[] | undefined;
}

/** What the items of one SELECT list see. */
export interface SelectScope {
  readonly sources: readonly Source[];
  readonly dialect: Dialect | null;
  /** The type that a query in place of a value gives. */
  readonly queryType: (query: TokenCursor) => string;
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));
const neverAlias = words('END NULL TRUE FALSE ROW DAY MONTH YEAR HOUR MINUTE SECOND');
/** Words that want an operand behind them. */
const operators = words(
  'NOT AND OR IS IN LIKE THEN ELSE WHEN BETWEEN CURRENT ZONE DISTINCT DIV MOD PRIOR OVER COLLATE',
);
const displayWords = words('FORMAT TITLE NAMED');

/** The columns of the item, several for a star; null for a star over what is not known. */
export function readSelectItem(written: TokenCursor, scope: SelectScope): readonly ColumnDraft[] | null {
  const { sources, dialect } = scope;
  const star = starAt(written);
  if (star !== -1) return readStar(written, star, scope);
  // DuckDB: `COLUMNS('pattern')` stands for several.
  if (dialect === 'duckdb' && written.is('COLUMNS', '(')) return null;
  const display = readDisplay(written, dialect);
  const { expression, name, line } = splitName(display.item, dialect);
  const reference = columnReference(expression);
  const own = display.name ?? name ?? reference?.at(-1) ?? nameOf(expression, dialect);
  const column = newColumnDraft(own, line);
  const source = reference === null ? undefined : findSource(reference, sources);
  column.rawType =
    display.type === '' ? (source?.rawType ?? readValueType(expression, valueScope(scope))) : display.type;
  column.comment = source?.comment;
  return [column];
}

/** Index of the star of `*`, `t.*` and `* EXCEPT (…)`, or -1. */
function starAt(item: TokenCursor): number {
  for (let at = item.at; at < item.end; at += 1) {
    const token = item.tokens[at];
    if (token?.word === '*') return at === item.at || item.tokens[at - 1]?.word === '.' ? at : -1;
    if (token?.word !== '.' && token?.kind !== 'word' && token?.kind !== 'quoted') return -1;
  }
  return -1;
}

/** The names of an expression are columns of the sources. */
export function valueScope({ sources, dialect, queryType }: SelectScope): ValueScope {
  return { dialect, queryType, columnType: (parts) => findSource(parts, sources)?.rawType };
}

function readStar(item: TokenCursor, star: number, scope: SelectScope): readonly ColumnDraft[] | null {
  const { sources } = scope;
  const owner = star - item.at < 2 ? undefined : item.tokens[star - 2]?.text;
  const owners = owner === undefined ? sources : sources.filter(({ alias }) => sameName(alias, owner));
  if (owners.length === 0 || owners.some(({ columns }) => columns === undefined)) return null;
  const after = new TokenCursor(item.source, item.tokens, star + 1, item.end);
  const left = after.take('EXCEPT') || after.take('EXCLUDE') ? excluded(after) : [];
  const replaced = after.take('REPLACE') && after.word() === '(' ? after.group().split() : [];
  const others = replaced.flatMap((part) => readSelectItem(part, scope) ?? []);
  return owners
    .flatMap(columnsOf)
    .filter(({ name }) => !left.some((other) => sameName(other, name)))
    .map((column) => others.find(({ name }) => sameName(name, column.name)) ?? column);
}

function excluded(after: TokenCursor): readonly string[] {
  if (after.word() === '(') return readColumnList(after);
  const only = after.next();
  return only === undefined ? [] : [only.text];
}

/** The columns as a query gives them: name, type and comment, without keys and defaults. */
export function columnsOf({ columns }: Source): readonly ColumnDraft[] {
  return (columns ?? []).map(({ name, line, rawType, comment }) => ({
    ...newColumnDraft(name, line),
    rawType,
    comment,
  }));
}

interface Display {
  readonly item: TokenCursor;
  readonly name: string | null;
  readonly type: string;
}

/** Teradata: `amount (FORMAT '9(5)')`, `a + 1 (NAMED b)`, `a (DATE, FORMAT 'YYYY')`; an alias may follow. */
function readDisplay(item: TokenCursor, dialect: Dialect | null): Display {
  const named = item.end - item.at > 2 && item.tokens[item.end - 2]?.word === 'AS';
  const end = named ? item.end - 2 : item.end;
  const open = item.tokens[end - 1]?.word === ')' ? lastGroup(item, end) : item.at;
  const group = new TokenCursor(item.source, item.tokens, open, end).group();
  const typed = dialect === 'teradata' && standsApart(item, open) && typeFirstWords.has(group.word());
  if (open === item.at || (!typed && !displayWords.has(group.word()))) return { item, name: null, type: '' };
  const name = named ? item.tokens[item.end - 1]?.text : nameIn(group);
  const rest = new TokenCursor(item.source, item.tokens, item.at, open);
  return { item: rest, name: name ?? null, type: typed ? readType(group) : '' };
}

/** A blank before a parenthesis: it opens no call. */
function standsApart(item: TokenCursor, open: number): boolean {
  return item.tokens[open - 1]?.end !== item.tokens[open]?.start;
}

function nameIn(group: TokenCursor): string | undefined {
  for (let at = group.at; at < group.end; at += 1)
    if (group.tokens[at]?.word === 'NAMED') return group.tokens[at + 1]?.text;
  return undefined;
}

/** Index of the parenthesis that opens the group before `end`. */
function lastGroup(item: TokenCursor, end: number): number {
  let depth = 0;
  for (let at = end - 1; at >= item.at; at -= 1) {
    const word = item.tokens[at]?.word;
    if (word === ')') depth += 1;
    else if (word === '(' && (depth -= 1) === 0) return at;
  }
  return item.at;
}

interface NamedItem {
  readonly expression: TokenCursor;
  readonly name: string | null;
  readonly line: number;
}

/** `expression [AS] name`, or `name = expression` of T-SQL. */
function splitName(item: TokenCursor, dialect: Dialect | null): NamedItem {
  const { line } = item;
  const range = (from: number, to: number): TokenCursor => new TokenCursor(item.source, item.tokens, from, to);
  const last = item.tokens[item.end - 1];
  const before = item.tokens[item.end - 2];
  const size = item.end - item.at;
  if (size > 2 && before?.word === 'AS' && last !== undefined)
    return { expression: range(item.at, item.end - 2), name: last.text, line: last.line };
  const first = item.peek();
  const assigns = dialect === null || dialect === 'sqlserver' || dialect === 'sybase';
  if (assigns && item.word(1) === '=' && first !== undefined && first.kind !== 'op')
    return { expression: range(item.at + 2, item.end), name: first.text, line };
  if (size > 1 && last !== undefined && isAlias(last, before))
    return { expression: range(item.at, item.end - 1), name: last.text, line: last.line };
  return { expression: item, name: null, line };
}

/** True for a name right behind an operand. */
function isAlias(last: Token, before: Token | undefined): boolean {
  if ((last.kind !== 'word' && last.kind !== 'quoted') || neverAlias.has(last.word) || before === undefined)
    return false;
  return before.kind === 'op'
    ? before.word === ')' || before.word === ']' || before.word === '}'
    : !operators.has(before.word);
}

/** Made once for each source of a query: lists of thousands of columns look names up as often. */
const byName = new WeakMap<Source, ReadonlyMap<string, ColumnDraft>>();

function columnsByName(source: Source): ReadonlyMap<string, ColumnDraft> {
  const known = byName.get(source);
  if (known !== undefined) return known;
  const made = new Map<string, ColumnDraft>();
  for (const column of source.columns ?? [])
    if (!made.has(column.name.toLowerCase())) made.set(column.name.toLowerCase(), column);
  byName.set(source, made);
  return made;
}

/** The only column of that name among the sources. */
function findSource(parts: readonly string[], sources: readonly Source[]): ColumnDraft | undefined {
  const name = parts.at(-1) ?? '';
  const owner = parts.at(-2);
  const owners = owner === undefined ? sources : sources.filter(({ alias }) => sameName(alias, owner));
  const found = owners.flatMap((source) => columnsByName(source).get(name.toLowerCase()) ?? []);
  return found.length === 1 || new Set(found.map(({ rawType }) => rawType)).size === 1 ? found[0] : undefined;
}

/** What a database calls a column without a name: PostgreSQL takes the function or what is cast, others the text. */
function nameOf(expression: TokenCursor, dialect: Dialect | null): string {
  const text = expression.text(expression.at, expression.end).slice(0, 128);
  const cast = lastTopLevel(expression, (word) => word === '::');
  if (cast !== -1 && (dialect === 'postgres' || dialect === 'redshift' || dialect === null))
    return nameOf(new TokenCursor(expression.source, expression.tokens, expression.at, cast), dialect);
  if (dialect !== 'postgres' && dialect !== 'redshift') return text;
  const reference = columnReference(expression);
  if (reference !== null) return reference.at(-1) ?? text;
  if (expression.word() === 'CASE') return 'case';
  return expression.word(1) === '(' && expression.peek()?.kind === 'word'
    ? expression.word().toLowerCase()
    : '?column?';
}
