import { tokensOf } from './lexer.ts';
import type { Syntax, Token } from './token.ts';

/** A text of a script that it runs as statements. */
export interface ExecutedText {
  readonly text: string;
  readonly line: number;
}

const executes = /\bEXECUTE\s/i;
const joins: ReadonlySet<string> = new Set(['||', '+', 'IMMEDIATE', '(']);

/** What a block runs by EXECUTE [IMMEDIATE], where it is written as literals alone. */
export function executedTexts(block: string, line: number, syntax: Syntax): readonly ExecutedText[] {
  if (!executes.test(block)) return [];
  const tokens = tokensOf(block, syntax, line);
  return tokens.flatMap((token, index) =>
    token.word === 'EXECUTE' || token.word === 'EXEC' ? (literalAt(tokens, index + 1) ?? []) : [],
  );
}

/** The text made of the literals from `from` on; null where something else is part of it. */
export function literalAt(tokens: readonly Token[], from: number): ExecutedText | null {
  let text = '';
  let first: Token | undefined;
  for (let at = from; at < tokens.length; at += 1) {
    const token = tokens[at] as Token;
    if (token.kind === 'string') {
      first ??= token;
      text += token.text;
    } else if (!joins.has(token.word)) {
      const ends = token.word === ';' || token.word === ')' || token.word === ',' || token.word === 'USING';
      return first === undefined || !ends ? null : { text, line: first.line };
    }
  }
  return first === undefined ? null : { text, line: first.line };
}
