/** SQL that the customer wrote for the source database, made to read the pipeline's tables in DuckDB. */
import { quoteLiteral } from '../../core/text.ts';
import { sqlName, tableRelation } from '../../dataflow/sql-name.ts';
import { closingParenthesis, isName, symbolOf, wordOf, type SqlToken } from '../../sql/sql-tokens.ts';
import type { PipelineTable } from '../../dataflow/model.ts';
import { commonTables } from './common-tables.ts';
import { isImplicitAlias } from './implicit-alias.ts';
import { daysFromNow, translateSourceCall } from './oracle-call.ts';
import { endsTable, isKeyword, knownFunctions, sqlWords } from './sql-words.ts';

export interface TableResolver {
  /** The table that a name in the SQL means, or null where none is declared. */
  readonly resolve: (name: string, schema?: string) => Pick<PipelineTable, 'name' | 'role'> | null;
}

export type SourceDialect = 'oracle' | 'tsql';

export interface RewriteOptions extends TableResolver {
  readonly dialect?: SourceDialect;
  /** Whether functions that DuckDB is not known to have in the same meaning are named in `foreign`. */
  readonly strict?: boolean;
  /** T-SQL: the collation of texts in comparisons with a text in quotes. */
  readonly collation?: string | null;
  /** T-SQL: SQL of `@name`, or of the `?` with that number, counted from 0; null where nothing gives its value. */
  readonly variable?: (name: string) => string | null;
}

export interface Findings {
  readonly macros: Set<string>;
  readonly unknown: Set<string>;
  readonly foreign: Set<string>;
  /** How many `?` there were so far. */
  marks: number;
}

export const newFindings = (): Findings => ({
  macros: new Set(),
  unknown: new Set(),
  foreign: new Set(),
  marks: 0,
});

interface Scope {
  readonly select: boolean;
  readonly inFrom: boolean;
}

/** Words of Oracle and SQL Server by what DuckDB calls them. */
export const renamed: ReadonlyMap<string, string> = new Map([
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

/** Text with `$$PARAMETER` in it as SQL: a literal joined with the parameters' values. */
function withParameters(text: string): string {
  const parts = text.split(/(\$\$?[A-Za-z_]\w*)/).filter((part) => part !== '');
  if (!parts.some((part) => /^\$\$?[A-Za-z_]/.test(part))) return quoteLiteral(text);
  const shown = parts.map((part) =>
    /^\$\$?[A-Za-z_]/.test(part) ? `CAST(getvariable(${quoteLiteral(part)}) AS VARCHAR)` : quoteLiteral(part),
  );
  return shown.length === 1 ? (shown[0] ?? '') : `(${shown.join(' || ')})`;
}

/** The days that are added to the begin of a period: `TRUNC(SYSDATE) - 1`. */
function wholeDays(sql: string, [sign, days]: readonly (SqlToken | undefined)[]): string | null {
  const whole = days?.kind === 'number' && /^\d{1,6}$/.test(days.text);
  if (!sql.startsWith('date_trunc(') || !whole || (sign?.text !== '-' && sign?.text !== '+')) return null;
  return `${sign.text === '-' ? '-' : ''}${days.text}`;
}

/** The items of a list that a parameter holds as text: `'A','B'` or `1, 2`. */
function listSql(value: string): string {
  return `SELECT trim(item, ' ''') FROM unnest(string_split(CAST(${value} AS VARCHAR), ',')) AS list(item)`;
}

/**
 * Rewrites a piece of SQL; what it found out gathers over the pieces of a statement that it is given one by one. Oracle's words
 * are understood in every dialect: an export does not always say which database its SQL is for.
 */
export class Rewriter {
  protected readonly source: string;
  protected readonly tokens: readonly SqlToken[];
  protected readonly options: RewriteOptions;
  protected readonly found: Findings;
  /** Names that are common table expressions. */
  protected readonly common: ReadonlySet<string>;
  protected readonly output: string[] = [];
  private readonly scopes: Scope[] = [];
  private scope: Scope = { select: false, inFrom: false };
  private expectTable = false;

  constructor(
    source: { readonly text: string; readonly tokens: readonly SqlToken[] },
    options: RewriteOptions,
    found: Findings = newFindings(),
    common: ReadonlySet<string> = commonTables(source.tokens),
  ) {
    this.source = source.text;
    this.tokens = source.tokens;
    this.options = options;
    this.found = found;
    this.common = common;
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
    const symbol = symbolOf(token);
    if (symbol === ';') return 1;
    if (symbol === '(') return this.open(index);
    if (symbol === ')') {
      this.scope = this.scopes.pop() ?? { select: false, inFrom: false };
      this.output.push(')');
      return 1;
    }
    if (symbol === ',' && this.scope.inFrom) this.expectTable = true;
    if (token.kind === 'string') return this.string(token, index);
    if (this.expectTable && isName(token)) return this.table(index);
    const length = this.special(token, index);
    if (length > 0) return length;
    return isName(token) ? this.word(token, index) : this.plain(token);
  }

  protected string(token: SqlToken, _index: number): number {
    this.output.push(withParameters(token.text));
    return 1;
  }

  /** What only this dialect writes; gives how many tokens that was, 0 with nothing written where the token is nothing special. */
  protected special(_token: SqlToken, _index: number): number {
    return 0;
  }

  private open(index: number): number {
    this.scopes.push(this.scope);
    const starts = wordOf(this.tokens[index + 1]);
    this.scope =
      starts === 'select' || starts === 'with'
        ? { select: true, inFrom: false }
        : { select: false, inFrom: this.expectTable };
    if (starts === 'select' || starts === 'with') this.expectTable = false;
    this.output.push('(');
    return 1;
  }

  protected plain(token: SqlToken): number {
    this.output.push(token.text);
    return 1;
  }

  protected word(token: SqlToken, index: number): number {
    const name = wordOf(token);
    this.follow(name);
    const constant = this.constant(token, index);
    if (constant > 0) return constant;
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
    const aliased = wordOf(this.tokens[index - 1]) === 'as' || this.tokens[index - 1]?.text === ')';
    if ((!this.isKnown(wordOf(token)) && !aliased) || this.tokens[index - 1]?.text === '.')
      this.found.foreign.add(`${token.text.toUpperCase()}()`);
  }

  /** Whether DuckDB understands the word before a parenthesis, perhaps by its new name. */
  protected isKnown(name: string): boolean {
    return renamed.has(name) || knownFunctions.has(name) || isKeyword(name) || sqlWords.statements.has(name);
  }

  /** Which part of a query the words so far have led into. */
  private follow(name: string): void {
    if (name === 'select') this.scope = { select: true, inFrom: false };
    if (name === 'from' && this.scope.select) this.scope = { ...this.scope, inFrom: true };
    if (name === 'join' || (name === 'from' && this.scope.select)) this.expectTable = true;
    if (sqlWords.clauses.has(name) || sqlWords.setOperators.has(name)) this.scope = { ...this.scope, inFrom: false };
  }

  /** Whether the token stands alone in `IN (…)`: the value of a parameter there is the text of a whole list. */
  private isWholeList(index: number): boolean {
    const [keyword, open, close] = [index - 2, index - 1, index + 1].map((at) => this.tokens[at]);
    return wordOf(keyword) === 'in' && open?.text === '(' && close?.text === ')';
  }

  /** Writes a parameter or the time of the run; gives 0 where the token is neither. */
  private constant(token: SqlToken, index: number): number {
    if (/^\$\$?[A-Za-z_]/.test(token.text)) {
      const value = `getvariable(${quoteLiteral(token.text)})`;
      this.output.push(this.isWholeList(index) ? listSql(value) : value);
      return 1;
    }
    const call = wordOf(token) === 'getdate' && this.tokens[index + 1]?.text === '(';
    if (!call && !runTime.has(wordOf(token))) return 0;
    this.found.macros.add('pc_run_ts');
    const days = call ? null : daysFromNow(this.tokens, index);
    this.output.push(days === null ? 'pc_run_ts()' : `(pc_run_ts() + to_days(${days}))`);
    return call || days !== null ? 3 : 1;
  }

  /** Writes the call at `index` translated; gives 0, with nothing written, where that cannot be done. */
  private call(index: number): number {
    const end = closingParenthesis(this.tokens, index + 1);
    if (end === null) return 0;
    const call = translateSourceCall(this.tokens.slice(index, end + 1), withParameters);
    if (call === null) return 0;
    for (const macro of call.macros) this.found.macros.add(macro);
    if (this.options.strict === true && call.sql.startsWith('trunc('))
      this.found.foreign.add('TRUNC of what may be a date');
    const days = wholeDays(call.sql, this.tokens.slice(end + 1, end + 3));
    this.output.push(days === null ? call.sql : `(${call.sql} + to_days(${days}))`);
    return end + 1 - index + (days === null ? 0 : 2);
  }

  private name(token: SqlToken, index: number): number {
    const middle = this.tokens[index + 2];
    const qualified = this.tokens[index + 1]?.text === '.' && isName(middle) && this.tokens[index + 3]?.text === '.';
    if (qualified && this.options.resolve(middle.text) !== null) return 2;
    const replacement =
      this.tokens[index + 1]?.text === '(' || wordOf(token) === 'minus' ? renamed.get(wordOf(token)) : undefined;
    if (this.scope.select && !this.scope.inFrom && isImplicitAlias(this.tokens, index)) this.output.push('AS ');
    this.output.push(replacement ?? (token.kind === 'quoted' ? sqlName(token.text) : token.text));
    return 1;
  }

  private table(index: number): number {
    this.expectTable = false;
    const first = this.tokens[index];
    let length = 1;
    while (this.tokens[index + length]?.text === '.' && isName(this.tokens[index + length + 1])) length += 2;
    const name = this.tokens[index + length - 1]?.text ?? '';
    if (first === undefined) return length;
    if (wordOf(first) === 'lateral' || this.tokens[index + length]?.text === '(') return this.word(first, index);
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
    const table = this.options.resolve(name, length > 1 ? this.tokens[index + length - 3]?.text : undefined);
    if (table === null) this.found.unknown.add(name);
    this.output.push(table === null ? `src.${sqlName(name)}` : tableRelation(table));
    if (table !== null && table.name.toLowerCase() !== name.toLowerCase() && !this.hasAlias(index + length))
      this.output.push(` AS ${sqlName(name)}`);
  }

  private hasAlias(index: number): boolean {
    const next = this.tokens[index];
    return isName(next) && !endsTable(wordOf(next));
  }
}
