/**
 * Which columns of which tables a query of the source database reads: an export that keeps a query often defines fewer
 * columns than the query names, or none at all. Read from the tokens, so that any dialect will do; what cannot be said
 * for certain, such as an unqualified name over a join, is left out.
 */
import { isName, symbolOf, tokenizeSql, wordOf, type SqlToken } from '../../sql/sql-tokens.ts';
import { commonTables } from './common-tables.ts';
import { isKeyword, sqlWords } from './sql-words.ts';

export interface ColumnRead {
  /** The table as the query names it, without its schema. */
  readonly table: string;
  readonly column: string;
  /** What the query compares or computes it with; null where it does not say. */
  readonly kind: 'number' | 'text' | 'time' | null;
}

interface Reference {
  readonly qualifier: string | null;
  readonly name: string;
  readonly kind: ColumnRead['kind'];
}

/** One SELECT with what its FROM lists. */
class Query {
  readonly parent: Query | null;
  /** Table by the lower-cased name it goes by; null for a subquery or a common table expression. */
  readonly sources = new Map<string, string | null>();
  readonly references: Reference[] = [];
  /** Names that the select list gives. */
  readonly given = new Set<string>();

  constructor(parent: Query | null) {
    this.parent = parent;
  }
}

/** The table that a reference in `query` reads; null where that is open. */
function tableOf({ qualifier, name }: Reference, query: Query): string | null {
  if (qualifier === null) {
    const open = query.given.has(name.toLowerCase()) || query.sources.size !== 1;
    return open ? null : ([...query.sources.values()][0] ?? null);
  }
  for (let scope: Query | null = query; scope !== null; scope = scope.parent) {
    const found = scope.sources.get(qualifier.toLowerCase());
    if (found !== undefined) return found;
  }
  return null;
}

/** Where the walk stands: in a query, in its FROM or elsewhere in it. */
interface Place {
  readonly query: Query | null;
  readonly from: boolean;
  /** A table may come next. */
  readonly table: boolean;
}

const nowhere: Place = { query: null, from: false, table: false };

class Walk {
  private readonly tokens: readonly SqlToken[];
  private readonly common: ReadonlySet<string>;
  private readonly queries: Query[] = [];
  private readonly outer: Place[] = [];
  private place: Place = nowhere;

  constructor(sql: string) {
    this.tokens = tokenizeSql(sql);
    this.common = commonTables(this.tokens);
  }

  read(): readonly ColumnRead[] {
    for (let index = 0; index < this.tokens.length;) index += this.step(index);
    const found = new Map<string, ColumnRead>();
    for (const query of this.queries) {
      for (const reference of query.references) {
        const table = tableOf(reference, query);
        if (table === null) continue;
        const key = `${table.toLowerCase()}\n${reference.name.toLowerCase()}`;
        const known = found.get(key);
        if (known?.kind == null)
          found.set(key, { table, column: known?.column ?? reference.name, kind: reference.kind });
      }
    }
    return [...found.values()];
  }

  private is(index: number, word: string): boolean {
    return wordOf(this.tokens[index]) === word;
  }

  private symbol(index: number): string {
    return symbolOf(this.tokens[index]);
  }

  private step(index: number): number {
    const token = this.tokens[index];
    const symbol = this.symbol(index);
    if (symbol === '(') return this.open(index);
    if (symbol === ')') {
      const inside = this.place;
      this.place = this.outer.pop() ?? nowhere;
      return this.place.table && inside.query !== this.place.query ? this.derived(index) : 1;
    }
    if (symbol === ',' && this.place.from) this.place = { ...this.place, table: true };
    if (!isName(token)) return 1;
    if (this.keyword(wordOf(token))) return 1;
    if (this.place.query === null) return 1;
    return this.place.table ? this.table(index) : this.name(index);
  }

  private open(index: number): number {
    this.outer.push(this.place);
    const starts = this.is(index + 1, 'select') || this.is(index + 1, 'with');
    // The columns of a function's arguments belong to the query around it; a nested join stays in its FROM.
    this.place = starts ? { query: this.place.query, from: false, table: false } : this.place;
    return 1;
  }

  /** An alias after a subquery in FROM. */
  private derived(index: number): number {
    const at = this.is(index + 1, 'as') ? index + 2 : index + 1;
    const alias = this.tokens[at];
    const named = isName(alias) && !isKeyword(wordOf(alias));
    this.place.query?.sources.set(named ? alias.text.toLowerCase() : `\n${index}`, null);
    this.place = { ...this.place, table: false };
    return named ? at + 1 - index : 1;
  }

  /** Follows a keyword; false where the word is a name. */
  private keyword(word: string): boolean {
    if (word === 'select') {
      const query = new Query(this.place.query);
      this.queries.push(query);
      this.place = { query, from: false, table: false };
      return true;
    }
    if (word === 'from' && this.place.query !== null) {
      const inCall = this.outer.at(-1)?.query === this.place.query;
      if (!inCall) this.place = { ...this.place, from: true, table: true };
      return true;
    }
    if (word === 'join') {
      this.place = { ...this.place, from: true, table: true };
      return true;
    }
    if (sqlWords.setOperators.has(word)) {
      this.place = { query: this.place.query?.parent ?? null, from: false, table: false };
      return true;
    }
    if (sqlWords.clauses.has(word)) {
      this.place = { ...this.place, from: false, table: false };
      return true;
    }
    return isKeyword(word);
  }

  /** A table of FROM with its alias. */
  private table(index: number): number {
    let length = 1;
    while (this.symbol(index + length) === '.' && isName(this.tokens[index + length + 1])) length += 2;
    const name = this.tokens[index + length - 1]?.text ?? '';
    if (this.symbol(index + length) === '(') return length;
    const at = this.is(index + length, 'as') ? index + length + 1 : index + length;
    const alias = this.tokens[at];
    const named = isName(alias) && !isKeyword(wordOf(alias));
    const base = length > 1 || !this.common.has(name.toLowerCase());
    this.place.query?.sources.set(
      (named ? alias.text : name).toLowerCase(),
      base && !/^dual$/i.test(name) ? name : null,
    );
    this.place = { ...this.place, table: false };
    return named ? at + 1 - index : length;
  }

  /** A column, or what looks like one: functions, parameters and aliases are passed over. */
  private name(index: number): number {
    let length = 1;
    while (this.symbol(index + length) === '.' && isName(this.tokens[index + length + 1])) length += 2;
    if (this.isCall(index + length) || this.symbol(index + length) === '.') return length;
    const name = this.tokens[index + length - 1]?.text ?? '';
    if (length === 1 && this.isAlias(index)) this.place.query?.given.add(name.toLowerCase());
    else if (!this.isParameter(name, index)) {
      const qualifier = length === 1 ? null : (this.tokens[index + length - 3]?.text ?? null);
      this.place.query?.references.push({ qualifier, name, kind: this.kind(index, index + length) });
    }
    return length;
  }

  /** A parenthesis of arguments: `(+)` marks a column of an outer join. */
  private isCall(index: number): boolean {
    return this.symbol(index) === '(' && this.symbol(index + 1) !== '+';
  }

  private isParameter(name: string, index: number): boolean {
    return name.startsWith('$') || [':', '@', '#'].includes(this.symbol(index - 1));
  }

  /** `expression AS name` and `expression name`. */
  private isAlias(index: number): boolean {
    const before = this.tokens[index - 1];
    if (before === undefined) return false;
    if (this.is(index - 1, 'as') || this.is(index - 1, 'end')) return true;
    if (before.kind === 'symbol') return before.text === ')';
    return before.kind !== 'word' || !isKeyword(wordOf(before));
  }

  /** What the tokens around a reference say of its values. */
  private kind(start: number, end: number): ColumnRead['kind'] {
    const inCall = this.symbol(start - 1) === '(' ? this.tokens[start - 2]?.text.toLowerCase() : undefined;
    if (inCall === 'sum' || inCall === 'avg') return 'number';
    if (inCall === 'upper' || inCall === 'lower' || inCall === 'trim' || inCall === 'substr') return 'text';
    const after = this.partner(end, end + 1);
    return after ?? this.partner(start - 1, start - 2);
  }

  /** The kind of the operand at `at`, where the token at `operator` compares or computes. */
  private partner(operator: number, at: number): ColumnRead['kind'] {
    const symbol = this.symbol(operator);
    const listed = this.is(operator, 'in') || this.is(operator, 'between') || this.is(operator, 'like');
    if (!listed && !/^(?:=|<>|!=|<=|>=|<|>|\+|-|\*|\/)$/.test(symbol)) return null;
    const other = this.tokens[this.symbol(at) === '(' ? at + 1 : at];
    if (other?.kind === 'number') return 'number';
    if (other?.kind === 'string') return 'text';
    return sqlWords.times.has(wordOf(other)) ? 'time' : null;
  }
}

/** The columns that `sql` reads, in the order of its queries; linear in its length. */
export function columnsRead(sql: string): readonly ColumnRead[] {
  return new Walk(sql).read();
}
