import { typeFirstWords } from '../types/type-rules.ts';
import { readType } from './read-type.ts';
import { TokenCursor } from './token-cursor.ts';

const casts: ReadonlySet<string> = new Set(['CAST', 'TRY_CAST', 'SAFE_CAST', 'XMLSERIALIZE', 'XMLCAST']);
const converts: ReadonlySet<string> = new Set(['CONVERT', 'TRY_CONVERT']);

/** The type that the expression at the cursor is cast to as a whole; empty where it is none. The cursor is left alone. */
export function readCastType(cursor: TokenCursor): string {
  let inner = new TokenCursor(cursor.source, cursor.tokens, cursor.at, cursor.end);
  for (let depth = 0; depth < 20 && inner.word() === '('; depth += 1) inner = inner.group();
  const word = inner.word();
  if ((!casts.has(word) && !converts.has(word)) || inner.word(1) !== '(') return '';
  inner.at += 1;
  const call = inner.group();
  // MySQL's CONVERT has the type as its second argument.
  if (converts.has(word)) return typeFirstWords.has(call.peek()?.text.toUpperCase() ?? '') ? readType(call) : '';
  while (!call.done && !call.take('AS')) call.skip();
  return readType(call);
}
