/** The tokens of a SQL script. */

export type TokenKind = 'word' | 'quoted' | 'string' | 'number' | 'op';

export interface Token {
  readonly kind: TokenKind;
  /** The name or text without its quotes; the source text of every other kind. */
  readonly text: string;
  /** Upper case of an unquoted word or operator, empty for the other kinds: what keywords are compared with. */
  readonly word: string;
  readonly start: number;
  readonly end: number;
  readonly line: number;
  /** True for the first token of its line. */
  readonly fresh: boolean;
}

/** One statement of a script, without its terminator. */
export interface Statement {
  readonly tokens: readonly Token[];
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

/** How a dialect writes quotes, comments and blocks. */
export interface Syntax {
  /** `\` escapes the next character within a string. */
  readonly backslash: boolean;
  /** `#` begins a comment. */
  readonly hashComment: boolean;
  /** `//` begins a comment. */
  readonly slashComment: boolean;
  /** `"""text"""` is a string. */
  readonly tripleQuotes: boolean;
  readonly nestedComments: boolean;
  /** `[name]` is an identifier; `never` reads brackets as array bounds, `guess` decides by what stands before. */
  readonly brackets: 'always' | 'never' | 'guess';
  /** `$tag$ … $tag$` is a string. */
  readonly dollarQuotes: boolean;
  /** `q'[ … ]'` is a string, `&name.` a substitution. */
  readonly oracle: boolean;
  /** Batches end at GO, procedures too; IF and BEGIN stand outside procedures. */
  readonly batches: boolean;
}
