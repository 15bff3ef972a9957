import type { Syntax, Token, TokenKind } from './token.ts';

const number = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const dollarTag = /\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/y;
const placeholder = /\$\{[^}\n]{0,200}\}|\$\([^)\n]{0,200}\)|\{\{[^}\n]{0,200}\}\}/y;
const operator = /::|:=|<>|<=|>=|!=|\|\||=>|->>?|\+=/y;
/** A string that runs into one of these at the start of a line has lost its closing quote. */
const nextStatement =
  /\n[ \t]*(?:CREATE\s+(?:\w+\s+){0,3}TABLE|ALTER\s+TABLE|COMMENT\s+ON\s+(?:TABLE|COLUMN)|INSERT\s+INTO|DROP\s+TABLE)\s/iy;
const closers: Readonly<Record<string, string>> = { '[': ']', '(': ')', '{': '}', '<': '>' };

const isWordStart = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code === 64 || code === 35 || code > 127;
const isWordPart = (code: number): boolean => isWordStart(code) || (code >= 48 && code <= 57) || code === 36;

/** Reads tokens from a position in a script; knows lines, never looks at statements. Linear in the text. */
export class Lexer {
  readonly source: string;
  readonly #syntax: Syntax;
  pos = 0;
  line = 1;
  /** No token since the start of the line. */
  fresh = true;
  /** Guess the end of a string that swallows the next statements: right in DDL, wrong in data. */
  guardStrings = false;
  /** What ends a statement; a client command or `--#SET TERMINATOR` changes it. */
  terminator = ';';
  /** Lines where a quote or comment was never closed. */
  readonly unclosed: number[] = [];
  /** Positions at which an unclosed string or comment was given up already: each is searched once only. */
  #noClosing = new Map<string, number>();
  /** A comment that opens another never ended: from there on comments do not nest. */
  #nestingBroken = false;
  #knownLineEnd = -1;
  #knownLineEndFrom = -1;

  constructor(source: string, syntax: Syntax) {
    this.source = source;
    this.#syntax = syntax;
  }

  /** Skips white space and comments. False at the end of the script. */
  skipTrivia(): boolean {
    const { source } = this;
    for (;;) {
      const code = source.charCodeAt(this.pos);
      if (Number.isNaN(code)) return false;
      if (code === 10) this.#newLine();
      else if (code <= 32 || code === 0xa0 || code === 0xfeff) this.pos += 1;
      else if (!this.#skipComment(code)) return true;
    }
  }

  #skipComment(code: number): boolean {
    const next = this.source.charCodeAt(this.pos + 1);
    if (code === 45 && next === 45) this.#lineComment();
    else if (code === 47 && next === 42) this.#blockComment();
    // The end of a conditional comment whose content was read.
    else if (code === 42 && next === 47) this.pos += 2;
    else if ((code === 35 && this.#syntax.hashComment) || (code === 47 && next === 47 && this.#syntax.slashComment))
      this.skipLine();
    else return false;
    return true;
  }

  /** Goes to the end of the current line, before its line feed. */
  skipLine(): void {
    const end = this.source.indexOf('\n', this.pos);
    this.pos = end === -1 ? this.source.length : end;
  }

  /** Moves over text that may hold line ends. */
  advanceTo(end: number): void {
    for (let at = this.#lineEnd(this.pos); at < end; at = this.#lineEnd(at + 1)) this.line += 1;
    this.pos = end;
  }

  /** The next line feed at or after a position. Remembered, as one line may hold a million strings. */
  #lineEnd(from: number): number {
    if (from > this.#knownLineEnd || from <= this.#knownLineEndFrom) {
      const at = this.source.indexOf('\n', from);
      this.#knownLineEnd = at === -1 ? Number.POSITIVE_INFINITY : at;
      this.#knownLineEndFrom = from - 1;
    }
    return this.#knownLineEnd;
  }

  /** The token at the position. Call only after `skipTrivia` returned true. */
  next(): Token {
    const { pos, fresh } = this;
    this.fresh = false;
    const code = this.source.charCodeAt(pos);
    if (isWordStart(code)) return this.#wordToken(fresh);
    if (code >= 48 && code <= 57) return this.#match(number, 'number', fresh);
    switch (code) {
      case 39:
        return this.#tripleToken(fresh) ?? this.#quotedToken('string', pos, pos + 1, fresh);
      case 34:
      case 96:
        return this.#tripleToken(fresh) ?? this.#quotedToken('quoted', pos, pos + 1, fresh);
      case 91:
        return this.#isBracketName(pos) ? this.#quotedToken('quoted', pos, pos + 1, fresh) : this.#operatorToken(fresh);
      case 46:
        return /\d/.test(this.source[pos + 1] ?? '') && !isWordPart(this.source.charCodeAt(pos - 1))
          ? this.#match(number, 'number', fresh)
          : this.#operatorToken(fresh);
      case 36:
      case 123:
        return this.#dollarToken(fresh) ?? this.#operatorToken(fresh);
      case 38:
        return this.#substitutionToken(fresh) ?? this.#operatorToken(fresh);
      default:
        return this.#operatorToken(fresh);
    }
  }

  /** `&name` and `&&name` of SQL*Plus. */
  #substitutionToken(fresh: boolean): Token | null {
    const { source, pos } = this;
    if (!this.#syntax.oracle) return null;
    const from = source[pos + 1] === '&' ? pos + 1 : pos;
    return isWordStart(source.charCodeAt(from + 1)) ? this.#wordToken(fresh, pos, from + 1) : null;
  }

  #operatorToken(fresh: boolean): Token {
    const { source, pos, line } = this;
    operator.lastIndex = pos;
    const length = operator.test(source) ? operator.lastIndex - pos : 1;
    const text = source.slice(pos, pos + length);
    this.pos += length;
    return { kind: 'op', text, word: text, start: pos, end: this.pos, line, fresh };
  }

  #newLine(): void {
    this.pos += 1;
    this.line += 1;
    this.fresh = true;
  }

  #lineComment(): void {
    const set = /--#SET TERMINATOR[ \t]+(\S{1,4})/iy;
    set.lastIndex = this.pos;
    this.terminator = set.exec(this.source)?.[1] ?? this.terminator;
    this.skipLine();
  }

  #blockComment(): void {
    const { source } = this;
    // MySQL runs what stands in /*!40101 … */ comments.
    const conditional = /\/\*M?!\d*/y;
    conditional.lastIndex = this.pos;
    if (conditional.test(source)) {
      this.pos = conditional.lastIndex;
      return;
    }
    const end = this.#syntax.nestedComments ? this.#nestedCommentEnd() : this.#find('*/', this.pos + 2);
    if (end === -1) {
      this.unclosed.push(this.line);
      this.skipLine();
    } else {
      this.advanceTo(end + 2);
    }
  }

  #nestedCommentEnd(): number {
    const first = this.#find('*/', this.pos + 2);
    if (first === -1) return -1;
    const inner = this.source.indexOf('/*', this.pos + 2);
    if (inner === -1 || inner > first || this.#nestingBroken) return first;
    const edge = /\/\*|\*\//g;
    edge.lastIndex = this.pos + 2;
    let depth = 1;
    for (let hit = edge.exec(this.source); hit !== null; hit = edge.exec(this.source)) {
      depth += hit[0] === '/*' ? 1 : -1;
      if (depth === 0) return hit.index;
    }
    this.#nestingBroken = true;
    return first;
  }

  /** `indexOf` that remembers a text that does not occur any more. */
  #find(text: string, from: number): number {
    const absent = this.#noClosing.size === 0 ? undefined : this.#noClosing.get(text);
    if (absent !== undefined && from >= absent) return -1;
    const at = this.source.indexOf(text, from);
    if (at === -1) this.#noClosing.set(text, from);
    return at;
  }

  #match(pattern: RegExp, kind: TokenKind, fresh: boolean): Token {
    const start = this.pos;
    pattern.lastIndex = start;
    pattern.test(this.source);
    this.pos = Math.max(pattern.lastIndex, start + 1);
    // `1st_name` is a name in MySQL, not a number and a name.
    if (kind === 'number' && isWordStart(this.source.charCodeAt(this.pos)) && this.source[this.pos] !== '@')
      return this.#wordToken(fresh, start);
    return { kind, text: this.source.slice(start, this.pos), word: '', start, end: this.pos, line: this.line, fresh };
  }

  #wordToken(fresh: boolean, start = this.pos, from = start): Token {
    const { source, line } = this;
    let end = from + 1;
    const at = this.terminator === '@' ? 64 : -1;
    while (isWordPart(source.charCodeAt(end)) && source.charCodeAt(end) !== at) end += 1;
    const text = source.slice(start, end);
    if (end - start <= 2 && source[end] === "'") {
      const prefixed = this.#prefixedString(text.toUpperCase(), start, end, fresh);
      if (prefixed !== null) return prefixed;
    }
    // SQL*Plus ends a substitution with a dot of its own.
    if (text[0] === '&' && source[end] === '.') end += 1;
    this.pos = end;
    return { kind: 'word', text, word: text.toUpperCase(), start, end, line, fresh };
  }

  #prefixedString(prefix: string, start: number, quote: number, fresh: boolean): Token | null {
    if (prefix === 'Q' || prefix === 'NQ') {
      const open = this.source[quote + 1] ?? "'";
      const end = this.#find(`${closers[open] ?? open}'`, quote + 2);
      if (end !== -1 && !/[\s']/.test(open)) {
        const line = this.line;
        this.advanceTo(end + 2);
        return { kind: 'string', text: this.source.slice(quote + 2, end), word: '', start, end: end + 2, line, fresh };
      }
    }
    const known =
      prefix === 'N' || prefix === 'E' || prefix === 'B' || prefix === 'X' || prefix === 'U' || prefix === 'R';
    return known ? this.#quotedToken('string', start, quote + 1, fresh) : null;
  }

  /** Text up to the closing quote; a doubled quote stands for itself. */
  #quotedToken(kind: 'string' | 'quoted', start: number, from: number, fresh: boolean): Token {
    const { source, line } = this;
    const open = source[from - 1] ?? "'";
    const quote = open === '[' ? ']' : open;
    // PostgreSQL's E'…' has backslashes in any syntax.
    const backslash =
      kind === 'string' && (this.#syntax.backslash || (from - start === 2 && /e/i.test(source[start] ?? '')));
    let at = from;
    let parts = '';
    let taken = from;
    for (;;) {
      at = this.#nextQuote(at, quote, backslash);
      if (at === -1) return this.#unclosedToken(kind, start, from, fresh);
      if (backslash && source[at] === '\\') {
        parts += source.slice(taken, at) + unescape(source[at + 1] ?? '');
        at += 2;
        taken = at;
      } else if (source[at + 1] === quote) {
        parts += source.slice(taken, at + 1);
        at += 2;
        taken = at;
      } else break;
    }
    if (this.guardStrings && this.#swallowsStatement(from, at)) return this.#unclosedToken(kind, start, from, fresh);
    this.advanceTo(at + 1);
    return { kind, text: parts + source.slice(taken, at), word: '', start, end: at + 1, line, fresh };
  }

  /** BigQuery: a text in three quotes of either kind. */
  #tripleToken(fresh: boolean): Token | null {
    const { source, pos: start, line } = this;
    const three = (source[start] ?? '').repeat(3);
    if (!this.#syntax.tripleQuotes || source[start] === '`' || !source.startsWith(three, start)) return null;
    const end = this.#find(three, start + 3);
    if (end === -1) return null;
    this.advanceTo(end + 3);
    return { kind: 'string', text: source.slice(start + 3, end), word: '', start, end: end + 3, line, fresh };
  }

  #nextQuote(from: number, quote: string, backslash: boolean): number {
    const at = this.#find(quote, from);
    if (!backslash) return at;
    const escape = this.#find('\\', from);
    return escape !== -1 && (at === -1 || escape < at) ? escape : at;
  }

  #swallowsStatement(from: number, to: number): boolean {
    for (let at = this.#lineEnd(from); at < to; at = this.#lineEnd(at + 1)) {
      nextStatement.lastIndex = at;
      if (nextStatement.test(this.source)) return true;
    }
    return false;
  }

  /** A quote without its end is taken to end with its line, so that the rest of the script is still read. */
  #unclosedToken(kind: 'string' | 'quoted', start: number, from: number, fresh: boolean): Token {
    const { line } = this;
    this.unclosed.push(line);
    this.pos = from;
    this.skipLine();
    return { kind, text: this.source.slice(from, this.pos).trimEnd(), word: '', start, end: this.pos, line, fresh };
  }

  #isBracketName(pos: number): boolean {
    const { brackets } = this.#syntax;
    if (brackets === 'never') return false;
    const inner = this.source[pos + 1] ?? '';
    if (brackets === 'always') return inner !== ']' || this.source[pos + 2] === ']';
    if (inner === ']') return false;
    const isBound = /\d/.test(inner) && /^\[\d+(?:[:,]\s?\d+)*\]/.test(this.source.slice(pos, pos + 24));
    return !isBound && !isWordPart(this.source.charCodeAt(pos - 1));
  }

  #dollarToken(fresh: boolean): Token | null {
    const { source, pos: start, line } = this;
    placeholder.lastIndex = start;
    if (placeholder.test(source)) {
      let end = placeholder.lastIndex;
      while (isWordPart(source.charCodeAt(end))) end += 1;
      this.pos = end;
      const text = source.slice(start, end);
      return { kind: 'word', text, word: text, start, end, line, fresh };
    }
    if (!this.#syntax.dollarQuotes) return null;
    dollarTag.lastIndex = start;
    if (!dollarTag.test(source)) return null;
    const tag = source.slice(start, dollarTag.lastIndex);
    const end = this.#find(tag, dollarTag.lastIndex);
    if (end === -1) return null;
    this.advanceTo(end + tag.length);
    return { kind: 'string', text: source.slice(start + tag.length, end), word: '', start, end: this.pos, line, fresh };
  }
}

function unescape(char: string): string {
  return char === 'n' ? '\n' : char === 't' ? '\t' : char === 'r' ? '\r' : char;
}

/** All tokens of a text that is no script; `line` is its first. */
export function tokensOf(text: string, syntax: Syntax, line = 1): Token[] {
  const lexer = new Lexer(text, syntax);
  lexer.line = line;
  const tokens: Token[] = [];
  while (lexer.skipTrivia()) tokens.push(lexer.next());
  return tokens;
}
