/** What the SQL of a pipeline compares columns with: literals, date formats, and columns that have to be equal. */
import type { Pipeline, PipelineNode } from './model.ts';
import { relationsOf } from './print-script.ts';
import { tokenizeSql, type SqlToken } from '../sql/sql-tokens.ts';
import { baseColumn, ColumnTracer, type BaseColumn } from './trace-columns.ts';

export interface MinedValues {
  readonly texts: ReadonlyMap<BaseColumn, ReadonlySet<string>>;
  readonly numbers: ReadonlyMap<BaseColumn, ReadonlySet<string>>;
  /** strptime formats that a text column is read with. */
  readonly formats: ReadonlyMap<BaseColumn, ReadonlySet<string>>;
  /** Types that a text column is cast to: its values have to be of that kind. */
  readonly casts: ReadonlyMap<BaseColumn, ReadonlySet<string>>;
  /** Texts that are looked for inside a text column. */
  readonly parts: ReadonlyMap<BaseColumn, ReadonlySet<string>>;
  /** Regular expressions that a text column is searched with. */
  readonly patterns: ReadonlyMap<BaseColumn, ReadonlySet<string>>;
  /** Columns that a join key is or is computed from. */
  readonly joined: ReadonlySet<BaseColumn>;
  /** The representative of each column that has to equal another one. */
  readonly classOf: ReadonlyMap<BaseColumn, BaseColumn>;
  /** Comparisons with literals, whose rows are kept where they hold. */
  readonly compared: ReadonlyMap<BaseColumn, readonly Comparison[]>;
  /** Lookups that end the run where they find nothing: each of their keys. */
  readonly required: readonly RequiredKey[];
  /** Columns whose NULL ends the run: the SQL raises an error where what is computed of them is NULL. */
  readonly guarded: ReadonlySet<BaseColumn>;
}

export interface Comparison {
  /** `=`, `<>`, `<`, `<=`, `>` or `>=`. */
  readonly operator: string;
  readonly literal: string;
  readonly isText: boolean;
}

/** A column of which every value has to be among those of another one. */
export interface RequiredKey {
  readonly column: BaseColumn;
  readonly among: BaseColumn;
  /** Keys of one lookup have to be those of one row. */
  readonly lookup: string;
}

const comparisons = new Set(['=', '<>', '!=', '<', '<=', '>', '>=']);
const castTypes =
  /^(?:DECIMAL|NUMERIC|U?(?:TINY|SMALL|BIG|HUGE)?INT(?:EGER)?|DOUBLE|FLOAT|REAL|DATE|TIMESTAMP|TIME|BOOLEAN)$/i;
const searches = new Set(['instr', 'strpos', 'contains', 'split_part', 'string_split', 'str_split']);
const window = 8;
const maxPerColumn = 60;
/** Tokens from a column to the THEN of the condition that it stands in. */
const conditionWindow = 60;

function isLiteral(token: SqlToken | undefined): boolean {
  return token?.kind === 'string' || token?.kind === 'number';
}

interface LastColumn {
  readonly column: BaseColumn;
  readonly index: number;
  /** Whether what follows a comma is one more literal of an IN list, and no argument of a function. */
  readonly inList: boolean;
}

class Miner {
  readonly texts = new Map<BaseColumn, Set<string>>();
  readonly numbers = new Map<BaseColumn, Set<string>>();
  readonly formats = new Map<BaseColumn, Set<string>>();
  readonly casts = new Map<BaseColumn, Set<string>>();
  readonly parts = new Map<BaseColumn, Set<string>>();
  private readonly patterns = new Map<BaseColumn, Set<string>>();
  private readonly joined = new Set<BaseColumn>();
  private readonly comparisons = new Map<BaseColumn, Comparison[]>();
  private readonly required: RequiredKey[] = [];
  private readonly guarded = new Set<BaseColumn>();
  private readonly excused = new Set<BaseColumn>();
  private readonly parent = new Map<BaseColumn, BaseColumn>();
  private readonly tracer: ColumnTracer;
  private readonly pipeline: Pipeline;

  constructor(pipeline: Pipeline) {
    this.pipeline = pipeline;
    this.tracer = new ColumnTracer(pipeline);
  }

  mine(): MinedValues {
    for (const node of this.pipeline.nodes) {
      this.keysOf(node);
      for (const relation of relationsOf(node)) this.literalsOf(node, tokenizeSql(relation.sql));
    }
    for (const table of this.pipeline.tables ?? []) {
      for (const reference of table.references ?? []) {
        const other = (this.pipeline.tables ?? []).find(
          (one) => one.role === table.role && one.name.toLowerCase() === reference.table.toLowerCase(),
        );
        if (other === undefined) continue;
        reference.columns.forEach((column, index) =>
          this.join(baseColumn(table, column), baseColumn(other, reference.to[index] ?? column)),
        );
      }
    }
    const classOf = new Map([...this.parent.keys()].map((column) => [column, this.root(column)]));
    const { texts, numbers, formats, casts, parts, patterns, joined, comparisons: compared, required } = this;
    const guarded = new Set([...this.guarded].filter((column) => !this.excused.has(column)));
    return { texts, numbers, formats, casts, parts, patterns, joined, classOf, compared, required, guarded };
  }

  private root(column: BaseColumn): BaseColumn {
    let at = column;
    for (let next = this.parent.get(at); next !== undefined && next !== at; next = this.parent.get(at)) at = next;
    return at;
  }

  private join(a: BaseColumn | null, b: BaseColumn | null): void {
    if (a === null || b === null || a === b) return;
    for (const one of [a, b]) if (!this.parent.has(one)) this.parent.set(one, one);
    const [first, second] = [this.root(a), this.root(b)].sort();
    if (first !== undefined && second !== undefined) this.parent.set(second, first);
  }

  private keysOf(node: PipelineNode): void {
    const keys = node.config?.['keys'];
    if (!Array.isArray(keys)) return;
    for (const key of keys as readonly unknown[]) {
      if (typeof key !== 'object' || key === null) continue;
      const { left, right, no_match: without } = key as { [name in 'left' | 'right' | 'no_match']?: unknown };
      if (typeof left !== 'string' || typeof right !== 'string') continue;
      for (const side of [left, right]) for (const column of this.tracer.feeding(side, node)) this.joined.add(column);
      const [lefts, among] = [this.tracer.bases(left, node), this.tracer.base(right, node)];
      for (const column of lefts) {
        this.join(column, among);
        if (without === 'fail' && among !== null && among !== column)
          this.required.push({ column, among, lookup: `${node.id}/${right.split('.', 1)[0] ?? ''}` });
      }
    }
  }

  private add(map: Map<BaseColumn, Set<string>>, column: BaseColumn, value: string): void {
    const values = map.get(column) ?? new Set<string>();
    if (values.size < maxPerColumn) values.add(value);
    map.set(column, values);
  }

  private literalsOf(node: PipelineNode, tokens: readonly SqlToken[]): void {
    const aliases = this.aliasesOf(node, tokens);
    const columnAt = (index: number): BaseColumn | null => this.columnAt(node, tokens, index, aliases);
    let last: LastColumn | null = null;
    for (const [index, token] of tokens.entries()) {
      const column = token.kind === 'word' || token.kind === 'quoted' ? columnAt(index) : null;
      if (column !== null) {
        this.equalTo(tokens, index, column, columnAt);
        this.usesOf(tokens, index, column);
        last = this.isSearched(tokens, index) ? null : { column, index, inList: true };
      }
      if (isLiteral(token) && last !== null && this.isCompared(tokens, last, index)) {
        this.add(token.kind === 'string' ? this.texts : this.numbers, last.column, token.text);
        this.comparisonOf(tokens, last, index);
        const inList: boolean = tokens[index - 1]?.text !== ',' || isLiteral(tokens[last.index]);
        last = { column: last.column, index, inList };
      }
    }
  }

  private isCompared(tokens: readonly SqlToken[], last: LastColumn, index: number): boolean {
    const listed = last.inList || tokens[index - 1]?.text !== ',';
    return listed && index - last.index <= window && this.compared(tokens, last.index, index);
  }

  /** What the functions around a column say about its values. */
  private usesOf(tokens: readonly SqlToken[], index: number, column: BaseColumn): void {
    this.formatOf(tokens, index, column);
    this.castOf(tokens, index, column);
    this.partOf(tokens, index, column);
    this.patternOf(tokens, index, column);
    this.guardOf(tokens, index, column);
  }

  /** `CASE WHEN (column <> 5) IS NULL THEN error('…')`: the column has to have a value, unless `column IS NOT NULL` stands there too. */
  private guardOf(tokens: readonly SqlToken[], index: number, column: BaseColumn): void {
    const ahead = tokens.slice(index + 1, index + conditionWindow).map((token) => token.text.toLowerCase());
    if (ahead.slice(0, 3).join(' ') === 'is not null') this.excused.add(column);
    const then = ahead.indexOf('then');
    if (then === -1 || ahead[then + 1] !== 'error') return;
    const condition = ahead.slice(0, then).filter((text) => text !== ')');
    if (condition.slice(-2).join(' ') === 'is null') this.guarded.add(column);
  }

  /** The comparison of the column before `index` with the literal at it. */
  private comparisonOf(tokens: readonly SqlToken[], { column, index: from }: LastColumn, index: number): void {
    const { text: literal, kind } = tokens[index] ?? { text: '', kind: 'word' };
    const between = tokens.slice(from + 1, index).map((token) => token.text.toLowerCase());
    const operator = comparisons.has(between.at(-1) ?? '')
      ? between.at(-1)?.replace('!=', '<>')
      : between.includes('in')
        ? between.includes('not')
          ? '<>'
          : '='
        : undefined;
    const known = this.comparisons.get(column) ?? [];
    if (operator !== undefined && known.length < maxPerColumn)
      this.comparisons.set(column, [...known, { operator, literal, isText: kind === 'string' }]);
  }

  /** `strptime(column, '%Y%m%d')`: the text is a date. */
  private formatOf(tokens: readonly SqlToken[], index: number, column: BaseColumn): void {
    const format = tokens[index + 1]?.text === ',' ? tokens[index + 2] : undefined;
    if (format?.kind === 'string' && format.text.includes('%')) this.add(this.formats, column, format.text);
  }

  /** `TRY_CAST(trim(column) AS INTEGER)`: the text is a number. */
  private castOf(tokens: readonly SqlToken[], index: number, column: BaseColumn): void {
    let at = index + 1;
    while (tokens[at]?.text === ')') at += 1;
    const type = tokens[at]?.text.toLowerCase() === 'as' ? tokens[at + 1] : undefined;
    if (type?.kind !== 'word' || !castTypes.test(type.text)) return;
    const before = tokens.slice(Math.max(0, index - window), index).map((token) => token.text.toLowerCase());
    if (before.includes('try_cast') || before.includes('cast')) this.add(this.casts, column, type.text.toUpperCase());
  }

  /** `instr(reverse(column), '/')`: the text holds a slash. */
  private partOf(tokens: readonly SqlToken[], index: number, column: BaseColumn): void {
    const before = tokens.slice(Math.max(0, index - window), index);
    if (!before.some((token, at) => searches.has(token.text.toLowerCase()) && before[at + 1]?.text === '(')) return;
    let at = index + 1;
    while (tokens[at]?.text === ')') at += 1;
    const part = tokens[at]?.text === ',' ? tokens[at + 1] : undefined;
    if (part?.kind === 'string' && part.text !== '') this.add(this.parts, column, part.text);
  }

  /** `regexp_extract(column, '(\\d+) km')`: the text is found by the pattern. */
  private patternOf(tokens: readonly SqlToken[], index: number, column: BaseColumn): void {
    const pattern = tokens[index + 1]?.text === ',' ? tokens[index + 2] : undefined;
    const replaced = /replace/i.test(tokens[index - 2]?.text ?? '');
    if (pattern?.kind === 'string' && this.isSearched(tokens, index) && !replaced)
      this.add(this.patterns, column, pattern.text);
  }

  /** Whether the column is the first argument of a function of regular expressions. */
  private isSearched(tokens: readonly SqlToken[], index: number): boolean {
    return tokens[index - 1]?.text === '(' && /reg(?:ex|_)/i.test(tokens[index - 2]?.text ?? '');
  }

  /** Whether a comparison, IN or WHEN stands between a column and a literal. */
  private compared(tokens: readonly SqlToken[], from: number, to: number): boolean {
    for (let index = from + 1; index < to; index += 1) {
      const text = tokens[index]?.text.toLowerCase() ?? '';
      if (
        comparisons.has(text) ||
        text === 'in' ||
        text === 'when' ||
        text === 'like' ||
        text === 'between' ||
        text === 'from'
      )
        return true;
    }
    return tokens[to - 1]?.text === ',' && to - from === 2;
  }

  private equalTo(
    tokens: readonly SqlToken[],
    index: number,
    column: BaseColumn,
    columnAt: (index: number) => BaseColumn | null,
  ): void {
    if (tokens[index + 1]?.text !== '=') return;
    const other = columnAt(index + 2) ?? (tokens[index + 3]?.text === '.' ? columnAt(index + 4) : null);
    if (other !== null) this.join(column, other);
  }

  private columnAt(
    node: PipelineNode,
    tokens: readonly SqlToken[],
    index: number,
    aliases: ReadonlyMap<string, BaseColumn>,
  ): BaseColumn | null {
    const token = tokens[index];
    if (
      token === undefined ||
      (token.kind !== 'word' && token.kind !== 'quoted') ||
      tokens[index + 1]?.text === '(' ||
      tokens[index + 1]?.text === '.'
    )
      return null;
    const qualifier = tokens[index - 1]?.text === '.' ? (tokens[index - 2]?.text ?? null) : null;
    return this.tracer.named(node, token.text, qualifier) ?? aliases.get(token.text.toLowerCase()) ?? null;
  }

  private aliasesOf(node: PipelineNode, tokens: readonly SqlToken[]): ReadonlyMap<string, BaseColumn> {
    const found = new Map<string, BaseColumn>();
    for (const [index, token] of tokens.entries()) {
      if (token.kind !== 'word' || token.text.toLowerCase() !== 'as') continue;
      const column = this.columnAt(node, tokens, index - 1, found);
      const alias = tokens[index + 1];
      if (column !== null && alias !== undefined) found.set(alias.text.toLowerCase(), column);
    }
    return found;
  }
}

/** Mines the SQL of all nodes, so that generated rows meet conditions and find their partners. */
export function mineValues(pipeline: Pipeline): MinedValues {
  return new Miner(pipeline).mine();
}
