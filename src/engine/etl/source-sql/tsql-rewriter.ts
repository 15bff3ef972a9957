/** What only SQL Server writes: variables, national strings, hints, `+` of texts, and functions of its own. */
import { quoteLiteral } from '../../core/text.ts';
import { argumentsOf, closingParenthesis, symbolOf, wordOf, type SqlToken } from '../../sql/sql-tokens.ts';
import { renamed, Rewriter } from './rewriter.ts';
import { castSql, isTsqlFunction, tsqlCall } from './tsql-call.ts';

const comparisons = new Set(['=', '<>', '!=', '<', '>', '<=', '>=']);
const maximumDepth = 30;
/** Functions whose first argument is a name: of a type or of a part of a date. */
const namesFirst = new Set(['convert', 'dateadd', 'datediff', 'datepart']);

export class TsqlRewriter extends Rewriter {
  private depth = 0;
  /** Whether what was written last is text for certain. */
  private text = false;

  protected override plain(token: SqlToken): number {
    this.text = false;
    return super.plain(token);
  }

  protected override word(token: SqlToken, index: number): number {
    this.text = false;
    return super.word(token, index);
  }

  /** Names that this translation renames mean something else in T-SQL, or nothing. */
  protected override isKnown(name: string): boolean {
    return !renamed.has(name) && super.isKnown(name);
  }

  protected override string(token: SqlToken, index: number): number {
    this.output.push(quoteLiteral(token.text));
    const before = this.tokens[index - 1];
    const national = wordOf(before) === 'n' && before?.end === token.start;
    const compared = this.tokens[index - (national ? 2 : 1)];
    this.text = true;
    this.collate(compared, index);
    return 1;
  }

  private collate(compared: SqlToken | undefined, index: number): void {
    const { collation } = this.options;
    if (collation == null) return;
    const after = this.tokens[index + 1];
    if (comparisons.has(symbolOf(compared)) || comparisons.has(symbolOf(after)) || this.isInList(index))
      this.output.push(` COLLATE ${collation}`);
  }

  private isInList(index: number): boolean {
    let at = index;
    while (at > 0 && (this.tokens[at]?.kind === 'string' || /^(?:,|N)$/i.test(this.tokens[at]?.text ?? ''))) at -= 1;
    return this.tokens[at]?.text === '(' && wordOf(this.tokens[at - 1]) === 'in';
  }

  protected override special(token: SqlToken, index: number): number {
    const next = this.tokens[index + 1];
    const name = wordOf(token);
    if (token.kind === 'symbol') return this.symbol(token.text, index);
    if (name === 'n' && next?.kind === 'string' && next.start === token.end) return 1;
    if (name === 'like' && this.options.collation != null) {
      this.output.push('ILIKE');
      return 1;
    }
    if (name.startsWith('@')) return this.variable(token.text);
    if (name === '' || next?.text !== '(') return 0;
    const hints = (name === 'with' || name === 'option') && !this.isCommon(index);
    return hints ? this.hint(index) : this.function(token, index);
  }

  private symbol(text: string, index: number): number {
    if (text === '+') return this.plus(index);
    return text === '?' ? this.variable(String(this.found.marks++)) : 0;
  }

  private isCommon(index: number): boolean {
    return wordOf(this.tokens[index + 2]) === 'select';
  }

  /** `+` of texts, where one of them is text for certain. */
  private plus(index: number): number {
    const next = this.tokens[index + 1];
    const after = next?.kind === 'string' || (wordOf(next) === 'n' && this.tokens[index + 2]?.kind === 'string');
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
    return closingParenthesis(this.tokens, open) ?? this.tokens.length - 1;
  }

  private nested(tokens: readonly SqlToken[]): string {
    const inner = new TsqlRewriter({ text: this.source, tokens }, this.options, this.found, this.common);
    inner.depth = this.depth + 1;
    return inner.rewrite();
  }

  private function(token: SqlToken, index: number): number {
    const end = this.endOf(index + 1);
    const inner = this.tokens.slice(index + 2, end);
    const name = wordOf(token);
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
    const at = inner.findLastIndex((token) => wordOf(token) === 'as');
    const type = inner.slice(at + 1);
    const written = this.source.slice(type[0]?.start ?? 0, type.at(-1)?.end ?? 0);
    const cast = at < 1 ? null : castSql(this.nested(inner.slice(0, at)), written);
    if (cast === null) this.found.foreign.add(`CAST to ${written}`);
    this.output.push(cast?.sql ?? 'NULL');
    this.text = cast?.text === true;
    return length;
  }
}
