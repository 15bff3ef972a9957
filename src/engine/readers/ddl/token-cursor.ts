import type { Token } from './token.ts';

/** The statement cannot be understood; carries what the diagnostic says. */
export class DdlSyntaxError extends Error {
  readonly line: number;

  constructor(message: string, line: number) {
    super(message);
    this.name = 'DdlSyntaxError';
    this.line = line;
  }
}

const parenthesis: Readonly<Record<string, number>> = Object.assign(Object.create(null) as Record<string, number>, {
  '(': 1,
  ')': -1,
});
const genericTypes: ReadonlySet<string> = new Set(['ARRAY', 'MAP', 'STRUCT', 'ROW', 'UNIONTYPE']);

/** A range of tokens and a position in it. Never recursive, never moves outside its range. */
export class TokenCursor {
  readonly tokens: readonly Token[];
  readonly source: string;
  readonly end: number;
  at: number;

  constructor(source: string, tokens: readonly Token[], from = 0, end = tokens.length) {
    this.source = source;
    this.tokens = tokens;
    this.at = from;
    this.end = end;
  }

  get done(): boolean {
    return this.at >= this.end;
  }

  /** The token `ahead` of the position, or undefined outside the range. */
  peek(ahead = 0): Token | undefined {
    const index = this.at + ahead;
    return index < this.end ? this.tokens[index] : undefined;
  }

  /** The keyword or operator `ahead`, upper case; empty for names in quotes, strings, numbers and at the end. */
  word(ahead = 0): string {
    return this.peek(ahead)?.word ?? '';
  }

  get line(): number {
    return (this.tokens[Math.min(this.at, this.end - 1)] ?? this.tokens[0])?.line ?? 1;
  }

  /** True if the next tokens are these keywords. */
  is(...words: readonly string[]): boolean {
    return words.every((word, index) => this.word(index) === word);
  }

  /** Steps over these keywords if they come next. */
  take(...words: readonly string[]): boolean {
    if (!this.is(...words)) return false;
    this.at += words.length;
    return true;
  }

  /** The token at the position, which is stepped over. */
  next(): Token | undefined {
    const token = this.peek();
    if (token !== undefined) this.at += 1;
    return token;
  }

  /** Index after the parenthesis that closes the one at the position; the end of the range where none does. */
  afterParens(): number {
    let depth = 0;
    for (let i = this.at; i < this.end; i += 1) {
      const { word } = this.tokens[i] ?? { word: '' };
      if (word === '(') depth += 1;
      else if (word === ')' && (depth -= 1) <= 0) return i + 1;
    }
    return this.end;
  }

  /** Steps over one token, or over a whole group in parentheses. */
  skip(): void {
    this.at = this.word() === '(' ? this.afterParens() : Math.min(this.at + 1, this.end);
  }

  /** True if as many parentheses close as open. */
  get balanced(): boolean {
    let depth = 0;
    for (let i = this.at; i < this.end; i += 1) {
      const { word } = this.tokens[i] ?? { word: '' };
      if (word === '(') depth += 1;
      else if (word === ')') depth -= 1;
    }
    return depth === 0;
  }

  /** The content of the group in parentheses at the position, which is stepped over. */
  group(): TokenCursor {
    const from = this.at + 1;
    this.at = this.afterParens();
    const closed = this.tokens[this.at - 1]?.word === ')' && this.at - 1 >= from;
    return new TokenCursor(this.source, this.tokens, Math.min(from, this.end), closed ? this.at - 1 : this.at);
  }

  /** Source text from token `from` to before token `to`, comments left out and white space collapsed. */
  text(from: number, to: number): string {
    const parts: string[] = [];
    for (let i = from; i < to; i += 1) {
      const token = this.tokens[i];
      if (token === undefined) break;
      const before = this.tokens[i - 1];
      if (i > from && before !== undefined && before.end < token.start) parts.push(' ');
      parts.push(this.source.slice(token.start, token.end));
    }
    return parts.join('');
  }

  /**
   * Parts between the commas outside all parentheses and type brackets; empty parts are left out. `startsAnew` tells a
   * comma that separates parts although a parenthesis before it is still open.
   */
  split(startsAnew: (index: number) => boolean = () => false): readonly TokenCursor[] {
    const parts: TokenCursor[] = [];
    let depth = 0;
    let brackets = 0;
    let from = this.at;
    for (let i = this.at; i <= this.end; i += 1) {
      const word = i < this.end ? (this.tokens[i]?.word ?? '') : ',';
      depth += parenthesis[word] ?? 0;
      brackets = Math.max(0, brackets + this.#bracket(i, word));
      if (word !== ',') continue;
      if (i === this.end || (depth <= 0 && brackets === 0) || startsAnew(i + 1)) {
        depth = 0;
        brackets = 0;
        if (i > from) parts.push(new TokenCursor(this.source, this.tokens, from, i));
        from = i + 1;
      }
    }
    return parts;
  }

  /** Only after the name of a generic type is `<` a bracket and not a comparison. */
  #bracket(index: number, word: string): number {
    if (word === '[' || word === '{') return 1;
    if (word === ']' || word === '}' || word === '>') return -1;
    return word === '<' && genericTypes.has(this.tokens[index - 1]?.word ?? '') ? 1 : 0;
  }
}
