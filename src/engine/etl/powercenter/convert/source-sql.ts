/** SQL that the customer wrote for the source database, made to read the pipeline's tables in DuckDB. */
import { quoteLiteral } from '../../../core/text.ts';
import { sqlName, tableRelation } from '../../../dataflow/sql-name.ts';
import { tokenizeSql, type SqlToken } from '../../../sql/sql-tokens.ts';
import type { PipelineTable } from '../../../dataflow/model.ts';
import { translateSourceCall } from './source-call.ts';

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

/** Text with `$$PARAMETER` in it as SQL: a literal joined with the parameters' values. */
function withParameters(text: string): string {
  const parts = text.split(/(\$\$?[A-Za-z_]\w*)/).filter((part) => part !== '');
  if (!parts.some((part) => /^\$\$?[A-Za-z_]/.test(part))) return quoteLiteral(text);
  const shown = parts.map((part) =>
    /^\$\$?[A-Za-z_]/.test(part) ? `CAST(getvariable(${quoteLiteral(part)}) AS VARCHAR)` : quoteLiteral(part),
  );
  return shown.length === 1 ? (shown[0] ?? '') : `(${shown.join(' || ')})`;
}

class Rewriter {
  private readonly source: string;
  private readonly tokens: readonly SqlToken[];
  private readonly resolver: TableResolver;
  private readonly common: ReadonlySet<string>;
  private readonly output: string[] = [];
  private readonly scopes: Scope[] = [];
  private scope: Scope = { select: false, inFrom: false };
  private expectTable = false;
  readonly macros = new Set<string>();
  readonly unknown = new Set<string>();
  readonly foreign = new Set<string>();

  constructor(source: string, resolver: TableResolver) {
    this.source = source;
    this.tokens = tokenizeSql(source);
    this.resolver = resolver;
    this.common = commonTables(this.tokens);
  }

  rewrite(): string {
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
    if (token.kind === 'string') {
      this.output.push(withParameters(token.text));
      return 1;
    }
    if (this.expectTable && isNameToken(token)) return this.table(index);
    return isNameToken(token) ? this.word(token, index) : this.plain(token);
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
    return 1;
  }

  private word(token: SqlToken, index: number): number {
    const name = lower(token);
    this.follow(name);
    const constant = this.constant(token, index);
    if (constant > 0) return constant;
    if (withoutCounterpart.has(name) && this.tokens[index - 1]?.text !== '.')
      this.foreign.add(token.text.toUpperCase());
    if (translated.has(name) && this.tokens[index + 1]?.text === '(') {
      const length = this.call(index);
      if (length > 0) return length;
    }
    return this.name(token, index);
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
    this.macros.add('pc_run_ts');
    this.output.push('pc_run_ts()');
    return call ? 3 : 1;
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
    for (const macro of call.macros) this.macros.add(macro);
    this.output.push(call.sql);
    return end + 1 - index;
  }

  private name(token: SqlToken, index: number): number {
    const middle = this.tokens[index + 2];
    const qualified =
      this.tokens[index + 1]?.text === '.' && isNameToken(middle) && this.tokens[index + 3]?.text === '.';
    if (qualified && this.resolver.resolve(middle.text) !== null) return 2;
    const replacement =
      this.tokens[index + 1]?.text === '(' || lower(token) === 'minus' ? renamed.get(lower(token)) : undefined;
    this.output.push(replacement ?? (token.kind === 'quoted' ? sqlName(token.text) : token.text));
    return 1;
  }

  private table(index: number): number {
    this.expectTable = false;
    const first = this.tokens[index];
    let length = 1;
    while (this.tokens[index + length]?.text === '.' && isNameToken(this.tokens[index + length + 1])) length += 2;
    const name = this.tokens[index + length - 1]?.text ?? '';
    if (first !== undefined && (lower(first) === 'lateral' || this.tokens[index + length]?.text === '('))
      return this.word(first, index);
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
    const table = this.resolver.resolve(name);
    if (table === null) this.unknown.add(name);
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
  const rewriter = new Rewriter(text, resolver);
  const sql = rewriter.rewrite();
  return { sql, macros: [...rewriter.macros], unknownTables: [...rewriter.unknown], foreign: [...rewriter.foreign] };
}
