/**
 * Oracle's joins and limits of before the standard: `a.x = b.x(+)` becomes a LEFT JOIN and `ROWNUM <= 10` a LIMIT. A query where
 * that cannot be done for certain is left as it is written.
 */
import { symbolOf, tokenizeSql, wordOf, type SqlToken } from '../../sql/sql-tokens.ts';
import { sqlWords } from './sql-words.ts';

const maximumDepth = 100;

/** Half open: tokens from `from` up to and without `to`. */
interface Range {
  readonly from: number;
  readonly to: number;
}

interface Condition extends Range {
  /** The one table whose missing rows are filled up with NULL; null in a plain condition. */
  readonly outer: string | null;
  readonly tables: readonly string[];
}

interface Item {
  readonly alias: string;
  readonly sql: string;
}

class Translation {
  private readonly source: string;
  private readonly tokens: readonly SqlToken[];
  /** The index of the closing parenthesis by that of the opening one. */
  private readonly closes = new Map<number, number>();

  constructor(source: string) {
    this.source = source;
    this.tokens = tokenizeSql(source);
    const open: number[] = [];
    for (const [index, token] of this.tokens.entries()) {
      if (token.kind !== 'symbol') continue;
      if (token.text === '(') open.push(index);
      const start = token.text === ')' ? open.pop() : undefined;
      if (start !== undefined) this.closes.set(start, index);
    }
  }

  all(): string {
    return this.queries({ from: 0, to: this.tokens.length }, 0);
  }

  private word(index: number): string {
    return wordOf(this.tokens[index]);
  }

  private symbol(index: number): string {
    return symbolOf(this.tokens[index]);
  }

  /** Indexes of the range that are not in parentheses. */
  private *level({ from, to }: Range): Generator<number> {
    for (let index = from; index < to; index += 1) {
      yield index;
      index = this.closes.get(index) ?? index;
    }
  }

  private pieces(range: Range, ends: (index: number) => boolean): readonly Range[] {
    const found: Range[] = [];
    let { from } = range;
    for (const index of this.level(range)) {
      if (!ends(index)) continue;
      found.push({ from, to: index });
      from = index + 1;
    }
    return [...found, { from, to: range.to }];
  }

  /** The text of a range with the queries in it translated. */
  private text({ from, to }: Range, depth: number): string {
    const parts: string[] = [];
    for (let index = from; index < to; index += 1) {
      const token = this.tokens[index];
      if (token === undefined) break;
      if (index > from) parts.push(this.source.slice(this.tokens[index - 1]?.end ?? 0, token.start));
      const close = this.closes.get(index);
      const nested = this.word(index + 1) === 'select' || this.word(index + 1) === 'with';
      if (close === undefined || !nested || depth > maximumDepth || close >= to) {
        parts.push(this.source.slice(token.start, token.end));
        continue;
      }
      parts.push(`(${this.queries({ from: index + 1, to: close }, depth + 1)})`);
      index = close;
    }
    return parts.join('');
  }

  /** One query, or several with set operators between them. */
  private queries(range: Range, depth: number): string {
    const starts = [...this.level(range)].filter((index) => sqlWords.setOperators.has(this.word(index)));
    const bounds = [range.from, ...starts, range.to];
    return bounds
      .slice(0, -1)
      .map((from, index) => this.query({ from, to: bounds[index + 1] ?? range.to }, starts.length === 0, depth))
      .join(' ');
  }

  private query(range: Range, alone: boolean, depth: number): string {
    const level = [...this.level(range)];
    const from = level.find((index) => this.word(index) === 'from');
    const where = level.find((index) => index > (from ?? range.to) && this.word(index) === 'where');
    if (from === undefined || where === undefined) return this.text(range, depth);
    const end = level.find((index) => index > where && sqlWords.clauses.has(this.word(index))) ?? range.to;
    const conditions = this.conditions({ from: where + 1, to: end });
    if (conditions === null) return this.text(range, depth);
    const limits = conditions.map((one) => this.limitOf(one));
    const rest = conditions.filter((one, index) => one.outer === null && limits[index] === null);
    const limit = limits.find((one) => one !== null) ?? null;
    if (limit !== null && (!alone || end !== range.to)) return this.text(range, depth);
    const joined = this.joined({ from: from + 1, to: where }, conditions, depth);
    if (joined === null || (limit === null && rest.length === conditions.length)) return this.text(range, depth);
    return [
      `${this.text({ from: range.from, to: from }, depth)} FROM ${joined}`,
      ...(rest.length === 0 ? [] : [`WHERE ${rest.map((one) => this.text(one, depth)).join(' AND ')}`]),
      ...(limit === null ? [] : [`LIMIT ${limit}`]),
      ...(end === range.to ? [] : [this.text({ from: end, to: range.to }, depth)]),
    ].join(' ');
  }

  /** What WHERE joins by AND; null where OR stands beside it, or `(+)` where it cannot be understood. */
  private conditions(range: Range): readonly Condition[] | null {
    const level = [...this.level(range)];
    if (level.some((index) => this.word(index) === 'or')) return null;
    let between = false;
    const parts = this.pieces(range, (index) => {
      if (this.word(index) === 'between') between = true;
      if (this.word(index) !== 'and') return false;
      const ends = !between;
      between = false;
      return ends;
    });
    const found: Condition[] = [];
    for (const part of parts) {
      const outer = this.outerTables(part);
      if (outer === null || outer.length > 1) return null;
      found.push({ ...part, outer: outer[0] ?? null, tables: this.qualifiers(part) });
    }
    return found;
  }

  /** The tables marked with `(+)`; null where a marked column does not say its table. */
  private outerTables({ from, to }: Range): readonly string[] | null {
    const found = new Set<string>();
    for (let index = from; index < to; index += 1) {
      if (!this.isMark(index)) continue;
      const table = this.symbol(index - 2) === '.' ? this.tokens[index - 3]?.text : undefined;
      if (table === undefined) return null;
      found.add(table.toLowerCase());
    }
    return [...found];
  }

  private isMark(index: number): boolean {
    return this.symbol(index) === '(' && this.symbol(index + 1) === '+' && this.symbol(index + 2) === ')';
  }

  private qualifiers({ from, to }: Range): readonly string[] {
    const found = new Set<string>();
    for (let index = from; index + 1 < to; index += 1) {
      if (this.symbol(index + 1) === '.' && this.symbol(index - 1) !== '.')
        found.add(this.tokens[index]?.text.toLowerCase() ?? '');
    }
    return [...found];
  }

  /** The rows of `ROWNUM <= n`, `< n` and `= 1`; null for other conditions. */
  private limitOf({ from, to }: Range): number | null {
    if (to - from !== 3 || this.word(from) !== 'rownum') return null;
    const count = this.tokens[from + 2];
    if (count?.kind !== 'number' || !/^\d{1,15}$/.test(count.text)) return null;
    const rows = Number(count.text);
    const operator = this.symbol(from + 1);
    if (operator === '<=' || (operator === '=' && rows === 1)) return rows;
    return operator === '<' ? Math.max(0, rows - 1) : null;
  }

  /** FROM with the marked tables left-joined behind those that their conditions name; null where that cannot be done. */
  private joined(from: Range, conditions: readonly Condition[], depth: number): string | null {
    const outer = new Set(conditions.flatMap((one) => one.outer ?? []));
    if (outer.size === 0) return this.text(from, depth);
    if ([...this.level(from)].some((index) => this.word(index) === 'join')) return null;
    const items = this.pieces(from, (index) => this.symbol(index) === ',').map((part) => this.item(part, depth));
    const inner = items.filter((item) => !outer.has(item.alias));
    const placed = new Set(inner.map((item) => item.alias));
    let sql = inner.map((item) => item.sql).join(' CROSS JOIN ');
    let waiting = items.filter((item) => outer.has(item.alias));
    if (inner.length === 0 || waiting.length !== outer.size) return null;
    while (waiting.length > 0) {
      const next = waiting.find(({ alias }) =>
        conditions.every(
          (one) => one.outer !== alias || one.tables.every((table) => table === alias || placed.has(table)),
        ),
      );
      if (next === undefined) return null;
      const on = conditions.filter((one) => one.outer === next.alias).map((one) => this.withoutMarks(one, depth));
      sql += ` LEFT JOIN ${next.sql} ON ${on.join(' AND ')}`;
      placed.add(next.alias);
      waiting = waiting.filter((item) => item !== next);
    }
    return sql;
  }

  private item(range: Range, depth: number): Item {
    const last = this.tokens[range.to - 1];
    return { alias: last?.text.toLowerCase() ?? '', sql: this.text(range, depth).trim() };
  }

  private withoutMarks(range: Range, depth: number): string {
    return this.text(range, depth).replaceAll(/\s*\(\s*\+\s*\)/g, '');
  }
}

/** Whether a column of the query is marked by `(+)`. */
export function hasMarkedColumn(sql: string): boolean {
  return /\(\s*\+\s*\)/.test(sql);
}

/** The query with joins and limits of the standard. The text itself where there is nothing to translate. */
export function withAnsiJoins(sql: string): string {
  return hasMarkedColumn(sql) || /\brownum\b/i.test(sql) ? new Translation(sql).all() : sql;
}
