/** Texts that may be many times as large as what they were made from: short ones as they are, others deflated piece by piece. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { KeptText } from '../../shared/model/conversion.ts';

/** Characters that are deflated together, about. */
const pieceLength = 262_144;
const level = 3;

const deflated = (text: string): string => deflateRawSync(text, { level }).toString('base64');
const inflated = (piece: string): string => inflateRawSync(Buffer.from(piece, 'base64')).toString('utf8');

/** The text that `pieces` make one after the other, which are let go as they come. */
export function keepText(pieces: Iterable<string>): KeptText {
  const kept: string[] = [];
  let length = 0;
  let waiting = '';
  for (const piece of pieces) {
    length += piece.length;
    waiting += piece;
    if (waiting.length < pieceLength) continue;
    kept.push(deflated(waiting));
    waiting = '';
  }
  if (kept.length === 0) return waiting;
  if (waiting !== '') kept.push(deflated(waiting));
  return { length, deflated: kept };
}

/** The text piece by piece. */
export function* piecesOf(text: KeptText): Generator<string> {
  if (typeof text === 'string') yield text;
  else for (const piece of text.deflated) yield inflated(piece);
}

/** The text as one. Throws RangeError where it is longer than a string can be. */
export function wholeText(text: KeptText): string {
  return typeof text === 'string' ? text : text.deflated.map(inflated).join('');
}

export function sameText(a: KeptText, b: KeptText): boolean {
  return a === b || (a.length === b.length && wholeText(a) === wholeText(b));
}
