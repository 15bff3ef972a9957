/** SQL that the customer wrote for the source database, made to read the pipeline's tables in DuckDB. */
import { quoteLiteral } from '../../core/text.ts';
import { sqlName, tableRelation } from '../../dataflow/sql-name.ts';
import { tokenizeSql, type SqlToken } from '../../sql/sql-tokens.ts';
import type { PipelineTable } from '../../dataflow/model.ts';
import { hasMarkedColumn, withAnsiJoins } from './ansi-joins.ts';
import { daysFromNow, translateSourceCall } from './oracle-call.ts';
import { isImplicitAlias } from './implicit-alias.ts';
import { knownFunctions, sqlKeywords } from './known-functions.ts';
import { castSql, isTsqlFunction, tsqlCall } from './tsql-call.ts';

export interface SourceSql {
  readonly sql: string;
  readonly macros: readonly string[];
  /** Tables that no definition in the file describes. */
  readonly unknownTables: readonly string[];
  /** Words of the source database that DuckDB has no counterpart for: the SQL will not run as it is. */
  readonly foreign: readonly string[];
}

export interface TableResolver {
  /** The table that a name in the SQL means, or null where none is declared. */
  readonly resolve: (name: string) => Pick<PipelineTable, 'name' | 'role'> | null;
}

export type SourceDialect = 'oracle' | 'tsql';

export interface RewriteOptions extends TableResolver {
  readonly dialect?: SourceDialect;
  /** Whether functions that DuckDB is not known to have in the same meaning are named in `foreign`. */
  readonly strict?: boolean;
  /** The collation of texts in comparisons with a text in quotes. */
  readonly collation?: string | null;
  /** SQL of `@name`, or of the `?` with that number, counted from 0; null where nothing gives its value. */
  readonly variable?: (name: string) => string | null;
}

export interface Findings {
  readonly macros: Set<string>;
  readonly unknown: Set<string>;
  readonly foreign: Set<string>;
  readonly common: Set<string>;
  /** How many `?` there were so far. */
  marks: number;
}

export const newFindings = (): Findings => ({
  macros: new Set(),
  unknown: new Set(),
  foreign: new Set(),
  common: new Set(),
  marks: 0,
});

interface Scope {
  readonly select: boolean;
  readonly inFrom: boolean;
}

const closing = new Set([
  'where',
  'group',
  'order',
  'having',
  'union',
  'minus',
  'intersect',
  'except',
  'qualify',
  'connect',
  'start',
  'window',
  'limit',
  'fetch',
]);
const renamed: ReadonlyMap<string, string> = new Map([
  ['nvl', 'coalesce'],
  ['minus', 'EXCEPT'],
  ['getdate', 'pc_run_ts'],
  ['isnull', 'coalesce'],
]);
const runTime = new Set(['sysdate', 'systimestamp']);
/** Functions of Oracle that mean the same in PowerCenter's language, so that one translation serves both. */
const translated = new Set(['to_date', 'to_char', 'trunc', 'decode', 'instr', 'last_day', 'to_number', 'initcap']);
/** What has no counterpart inside one SELECT of DuckDB. */
const withoutCounterpart = new Set(['rownum', 'rowid', 'connect', 'prior', 'nextval', 'currval', 'level']);

function lower(token: SqlToken | undefined): string {
  return token?.kind === 'word' ? token.text.toLowerCase() : '';
}

function isNameToken(token: SqlToken | undefined): token is SqlToken {
  return token?.kind === 'word' || token?.kind === 'quoted';
}

/** Names defined by WITH in the text: they are not tables. */
function commonTables(tokens: readonly SqlToken[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [index, token] of tokens.entries()) {
    const before = tokens[index - 1];
    const defines = lower(before) === 'with' || lower(before) === 'recursive' || before?.text === ',';
    if (defines && isNameToken(token) && lower(tokens[index + 1]) === 'as' && tokens[index + 2]?.text === '(')
      found.add(token.text.toLowerCase());
  }
  return found;
}

const comparisons = new Set(['=', '<>', '!=', '<', '>', '<=', '>=']);
const maximumDepth = 30;
/** Functions of SQL Server whose first argument is a name: of a type or of a part of a date. */
const namesFirst = new Set(['convert', 'dateadd', 'datediff', 'datepart']);

/** Tokens of each argument of a call, given the tokens between its parentheses. */
export function argumentsOf(tokens: readonly SqlToken[]): readonly (readonly SqlToken[])[] {
  const found: SqlToken[][] = tokens.length === 0 ? [] : [[]];
  let depth = 0;
  for (const token of tokens) {
    const text = token.kind === 'symbol' ? token.text : '';
    if (text === '(') depth += 1;
    if (text === ')') depth -= 1;
    if (text === ',' && depth === 0) found.push([]);
    else found.at(-1)?.push(token);
  }
  return found;
}

/** Text with `$$PARAMETER` in it as SQL: a literal joined with the parameters' values. */
function withParameters(text: string): string {
  const parts = text.split(/(\$\$?[A-Za-z_]\w*)/).filter((part) => part !== '');
  if (!parts.some((part) => /^\$\$?[A-Za-z_]/.test(part))) return quoteLiteral(text);
  const shown = parts.map((part) =>
    /^\$\$?[A-Za-z_]/.test(part) ? `CAST(getvariable(${quoteLiteral(part)}) AS VARCHAR)` : quoteLiteral(part),
  );
  return shown.length === 1 ? (shown[0] ?? '') : `(${shown.join(' || ')})`;
}

/** Rewrites a piece of SQL; what it found out gathers over the pieces of a statement that it is given one by one. */
export class Rewriter {
  private readonly source: string;
  private readonly tokens: readonly SqlToken[];
  private readonly options: RewriteOptions;
  private readonly depth: number;
  private readonly common: ReadonlySet<string>;
  private readonly output: string[] = [];
  private readonly scopes: Scope[] = [];
  private scope: Scope = { select: false, inFrom: false };
  private expectTable = false;
  private readonly found: Findings;
  /** Whether what was written last is text for certain. */
  private text = false;

  constructor(
    source: { readonly text: string; readonly tokens: readonly SqlToken[] },
    options: RewriteOptions,
    found: Findings = newFindings(),
    depth = 0,
  ) {
    this.source = source.text;
    this.tokens = source.tokens;
    this.options = options;
    this.found = found;
    this.depth = depth;
    this.common = depth === 0 ? commonTables(this.tokens) : found.common;
    for (const name of this.common) found.common.add(name);
  }

  /** `inQuery` begins as if within a SELECT: for what follows the head of an UPDATE, say. */
  rewrite({ inQuery = false } = {}): string {
    if (inQuery) this.scope = { select: true, inFrom: false };
    let index = 0;
    while (index < this.tokens.length) {
      const token = this.tokens[index];
      if (token === undefined) break;
      const before = this.tokens[index - 1];
      if (before !== undefined && token.start > before.end)
        this.output.push(/\n/.test(this.source.slice(before.end, token.start)) ? '\n' : ' ');
      index += this.step(token, index);
    }
    return this.output.join('').trim();
  }

  /** Writes the token at `index`, and those that belong to it; gives how many that were. */
  private step(token: SqlToken, index: number): number {
    const text = token.kind === 'symbol' ? token.text : '';
    if (text === ';') return 1;
    if (text === '(') return this.open(index);
    if (text === ')') {
      this.scope = this.scopes.pop() ?? { select: false, inFrom: false };
      this.output.push(')');
      return 1;
    }
    if (text === ',' && this.scope.inFrom) this.expectTable = true;
    if (token.kind === 'string') return this.string(token, index);
    if (this.expectTable && isNameToken(token)) return this.table(index);
    if (this.options.dialect === 'tsql') {
      const length = this.tsql(token, index);
      if (length > 0) return length;
    }
    return isNameToken(token) ? this.word(token, index) : this.plain(token);
  }

  private string(token: SqlToken, index: number): number {
    this.output.push(this.options.dialect === 'tsql' ? quoteLiteral(token.text) : withParameters(token.text));
    const before = this.tokens[index - 1];
    const national = lower(before) === 'n' && before?.end === token.start;
    const compared = this.tokens[index - (national ? 2 : 1)];
    this.text = true;
    this.collate(compared, index);
    return 1;
  }

  private collate(compared: SqlToken | undefined, index: number): void {
    const { collation } = this.options;
    if (collation == null) return;
    const after = this.tokens[index + 1];
    const first = after?.kind === 'symbol' && comparisons.has(after.text);
    if ((compared?.kind === 'symbol' && comparisons.has(compared.text)) || first || this.isInList(index))
      this.output.push(` COLLATE ${collation}`);
  }

  private isInList(index: number): boolean {
    let at = index;
    while (at > 0 && (this.tokens[at]?.kind === 'string' || /^(?:,|N)$/i.test(this.tokens[at]?.text ?? ''))) at -= 1;
    return this.tokens[at]?.text === '(' && lower(this.tokens[at - 1]) === 'in';
  }

  /** What only SQL Server writes; gives how many tokens that was, 0 where the token is nothing special. */
  private tsql(token: SqlToken, index: number): number {
    const next = this.tokens[index + 1];
    const name = lower(token);
    if (token.kind === 'symbol') return this.tsqlSymbol(token.text, index);
    if (name === 'n' && next?.kind === 'string' && next.start === token.end) return 1;
    if (name === 'like' && this.options.collation != null) {
      this.output.push('ILIKE');
      return 1;
    }
    if (name.startsWith('@')) return this.variable(token.text);
    if (name === '' || next?.text !== '(') return 0;
    const hints = (name === 'with' || name === 'option') && !this.isCommon(index);
    return hints ? this.hint(index) : this.tsqlFunction(token, index);
  }

  private tsqlSymbol(text: string, index: number): number {
    if (text === '+') return this.plus(index);
    return text === '?' ? this.variable(String(this.found.marks++)) : 0;
  }

  private isCommon(index: number): boolean {
    return lower(this.tokens[index + 2]) === 'select';
  }

  /** `+` of texts, where one of them is text for certain. */
  private plus(index: number): number {
    const next = this.tokens[index + 1];
    const after = next?.kind === 'string' || (lower(next) === 'n' && this.tokens[index + 2]?.kind === 'string');
    this.output.push(this.text || after ? '||' : '+');
    return 1;
  }

  private hint(index: number): number {
    return this.endOf(index + 1) + 1 - index;
  }

  private variable(name: string): number {
    const sql = this.options.variable?.(name) ?? null;
    if (sql === null) this.found.foreign.add(/^\d+$/.test(name) ? `parameter ${Number(name) + 1}` : name);
    this.output.push(sql ?? 'NULL');
    this.text = sql !== null && sql.endsWith('AS VARCHAR)');
    return 1;
  }

  /** The index of the parenthesis that closes the one at `open`; the last token where none does. */
  private endOf(open: number): number {
    let depth = 0;
    for (let at = open; at < this.tokens.length; at += 1) {
      const text = this.tokens[at]?.kind === 'symbol' ? this.tokens[at]?.text : '';
      if (text === '(') depth += 1;
      if (text === ')' && (depth -= 1) === 0) return at;
    }
    return this.tokens.length - 1;
  }

  private nested(tokens: readonly SqlToken[]): string {
    return new Rewriter({ text: this.source, tokens }, this.options, this.found, this.depth + 1).rewrite();
  }

  private tsqlFunction(token: SqlToken, index: number): number {
    const end = this.endOf(index + 1);
    const inner = this.tokens.slice(index + 2, end);
    const name = lower(token);
    if (this.depth > maximumDepth) {
      this.found.foreign.add(`calls nested more than ${maximumDepth} deep`);
      return end + 1 - index;
    }
    if (name === 'cast' || name === 'try_cast') return this.cast(inner, end + 1 - index);
    if (!isTsqlFunction(name)) return 0;
    const parts = argumentsOf(inner);
    const call = tsqlCall(name, {
      args: parts.map((part, position) => (position === 0 && namesFirst.has(name) ? '' : this.nested(part))),
      raw: parts.map((part) => this.source.slice(part[0]?.start ?? 0, part.at(-1)?.end ?? 0)),
    });
    if (call === null) this.found.foreign.add(`${token.text.toUpperCase()} in this form`);
    for (const macro of call?.macros ?? []) this.found.macros.add(macro);
    this.output.push(call?.sql ?? 'NULL');
    this.text = call?.text === true;
    return end + 1 - index;
  }

  private cast(inner: readonly SqlToken[], length: number): number {
    const at = inner.findLastIndex((token) => lower(token) === 'as');
    const type = inner.slice(at + 1);
    const written = this.source.slice(type[0]?.start ?? 0, type.at(-1)?.end ?? 0);
    const cast = at < 1 ? null : castSql(this.nested(inner.slice(0, at)), written);
    if (cast === null) this.found.foreign.add(`CAST to ${written}`);
    this.output.push(cast?.sql ?? 'NULL');
    this.text = cast?.text === true;
    return length;
  }

  private open(index: number): number {
    this.scopes.push(this.scope);
    const starts = lower(this.tokens[index + 1]);
    this.scope =
      starts === 'select' || starts === 'with'
        ? { select: true, inFrom: false }
        : { select: false, inFrom: this.expectTable };
    if (starts === 'select' || starts === 'with') this.expectTable = false;
    this.output.push('(');
    return 1;
  }

  private plain(token: SqlToken): number {
    this.output.push(token.text);
    if (token.text !== ')') this.text = false;
    return 1;
  }

  private word(token: SqlToken, index: number): number {
    const name = lower(token);
    this.follow(name);
    const constant = this.constant(token, index);
    if (constant > 0) return constant;
    this.text = false;
    const qualified = this.tokens[index - 1]?.text === '.';
    const sequence = this.options.strict === true && (name === 'nextval' || name === 'currval');
    if (withoutCounterpart.has(name) && (!qualified || sequence)) this.found.foreign.add(token.text.toUpperCase());
    if (translated.has(name) && this.tokens[index + 1]?.text === '(') {
      const length = this.call(index);
      if (length > 0) return length;
    }
    if (this.options.strict === true) this.check(token, index);
    return this.name(token, index);
  }

  /** Names a function that DuckDB is not known to have. */
  private check(token: SqlToken, index: number): void {
    if (this.tokens[index + 1]?.text !== '(' || token.kind !== 'word') return;
    const name = lower(token);
    const known = knownFunctions.has(name) || renamed.has(name) || sqlKeywords.has(name);
    const aliased = lower(this.tokens[index - 1]) === 'as' || this.tokens[index - 1]?.text === ')';
    const ownRenamed = this.options.dialect === 'tsql' && renamed.has(name);
    if ((!known && !aliased) || ownRenamed || this.tokens[index - 1]?.text === '.')
      this.found.foreign.add(`${token.text.toUpperCase()}()`);
  }

  /** Which part of a query the words so far have led into. */
  private follow(name: string): void {
    if (name === 'select') this.scope = { select: true, inFrom: false };
    if (name === 'from' && this.scope.select) this.scope = { ...this.scope, inFrom: true };
    if (name === 'join' || (name === 'from' && this.scope.select)) this.expectTable = true;
    if (closing.has(name)) this.scope = { ...this.scope, inFrom: false };
  }

  /** Writes a parameter or the time of the run; gives 0 where the token is neither. */
  private constant(token: SqlToken, index: number): number {
    if (/^\$\$?[A-Za-z_]/.test(token.text)) {
      this.output.push(`getvariable(${quoteLiteral(token.text)})`);
      return 1;
    }
    const call = lower(token) === 'getdate' && this.tokens[index + 1]?.text === '(';
    if (!call && !runTime.has(lower(token))) return 0;
    this.found.macros.add('pc_run_ts');
    const days = call ? null : daysFromNow(this.tokens, index);
    this.output.push(days === null ? 'pc_run_ts()' : `(pc_run_ts() + to_days(${days}))`);
    return call || days !== null ? 3 : 1;
  }

  /** Writes the call at `index` translated; gives 0, with nothing written, where that cannot be done. */
  private call(index: number): number {
    let depth = 0;
    let end = index + 1;
    for (; end < this.tokens.length; end += 1) {
      const text = this.tokens[end]?.kind === 'symbol' ? this.tokens[end]?.text : '';
      if (text === '(') depth += 1;
      if (text === ')' && (depth -= 1) === 0) break;
    }
    if (depth !== 0) return 0;
    const call = translateSourceCall(this.tokens.slice(index, end + 1), withParameters);
    if (call === null) return 0;
    for (const macro of call.macros) this.found.macros.add(macro);
    if (this.options.strict === true && call.sql.startsWith('trunc('))
      this.found.foreign.add('TRUNC of what may be a date');
    this.output.push(call.sql);
    return end + 1 - index;
  }

  private name(token: SqlToken, index: number): number {
    const middle = this.tokens[index + 2];
    const qualified =
      this.tokens[index + 1]?.text === '.' && isNameToken(middle) && this.tokens[index + 3]?.text === '.';
    if (qualified && this.options.resolve(middle.text) !== null) return 2;
    const replacement =
      this.tokens[index + 1]?.text === '(' || lower(token) === 'minus' ? renamed.get(lower(token)) : undefined;
    if (this.scope.select && !this.scope.inFrom && isImplicitAlias(this.tokens, index)) this.output.push('AS ');
    this.output.push(replacement ?? (token.kind === 'quoted' ? sqlName(token.text) : token.text));
    return 1;
  }

  private table(index: number): number {
    this.expectTable = false;
    const first = this.tokens[index];
    let length = 1;
    while (this.tokens[index + length]?.text === '.' && isNameToken(this.tokens[index + length + 1])) length += 2;
    const name = this.tokens[index + length - 1]?.text ?? '';
    if (first === undefined) return length;
    if (lower(first) === 'lateral' || this.tokens[index + length]?.text === '(') return this.word(first, index);
    const catalogue = length > 1 && /^(?:sys|information_schema)$/i.test(first.text);
    if (this.options.strict === true && catalogue) this.found.foreign.add(`the catalogue ${first.text}`);
    this.writeTable(name, index, length);
    return length;
  }

  private writeTable(name: string, index: number, length: number): void {
    if (length === 1 && this.common.has(name.toLowerCase())) {
      this.output.push(sqlName(name));
      return;
    }
    if (name.toLowerCase() === 'dual') {
      this.output.push("(SELECT 'X' AS DUMMY) AS DUAL");
      return;
    }
    const table = this.options.resolve(name);
    if (table === null) this.found.unknown.add(name);
    this.output.push(table === null ? `src.${sqlName(name)}` : tableRelation(table));
    if (table !== null && table.name.toLowerCase() !== name.toLowerCase() && !this.hasAlias(index + length))
      this.output.push(` AS ${sqlName(name)}`);
  }

  private hasAlias(index: number): boolean {
    const next = this.tokens[index];
    if (!isNameToken(next)) return false;
    return (
      next.kind === 'quoted' ||
      !(
        closing.has(lower(next)) ||
        ['on', 'join', 'inner', 'left', 'right', 'full', 'cross', 'natural', 'using'].includes(lower(next))
      )
    );
  }
}

/** `text` with its tables as `src.…` or `tgt.…`, parameters as variables, and the commonest dialect words replaced. */
export function rewriteSourceSql(text: string, resolver: TableResolver): SourceSql {
  const found = newFindings();
  const standard = withAnsiJoins(text);
  if (hasMarkedColumn(standard)) found.foreign.add('(+)');
  const sql = new Rewriter({ text: standard, tokens: tokenizeSql(standard) }, resolver, found).rewrite();
  return { sql, macros: [...found.macros], unknownTables: [...found.unknown], foreign: [...found.foreign] };
}
