/** Texts that may be many times as large as what they were made from: short ones as they are, others deflated piece by piece. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { KeptText } from '../../shared/model/conversion.ts';

/** Characters that are deflated together, about. */
const pieceLength = 262_144;
const level = 3;

const deflated = (text: string): string => deflateRawSync(text, { level }).toString('base64');
const inflated = (piece: string): string => inflateRawSync(Buffer.from(piece, 'base64')).toString('utf8');

/** A text as it grows, whose pieces are let go as they come. */
export class TextKeeper {
  private readonly kept: string[] = [];
  private length = 0;
  private waiting = '';

  add(piece: string): void {
    this.length += piece.length;
    this.waiting += piece;
    if (this.waiting.length < pieceLength) return;
    this.kept.push(deflated(this.waiting));
    this.waiting = '';
  }

  /** What was added so far. */
  text(): KeptText {
    if (this.kept.length === 0) return this.waiting;
    const last = this.waiting === '' ? [] : [deflated(this.waiting)];
    return { length: this.length, deflated: [...this.kept, ...last] };
  }
}

/** The text that `pieces` make one after the other, which are let go as they come. */
export function keepText(pieces: Iterable<string>): KeptText {
  const keeper = new TextKeeper();
  for (const piece of pieces) keeper.add(piece);
  return keeper.text();
}

/** The texts one after the other as one. */
export function joinTexts(texts: readonly KeptText[]): KeptText {
  const length = texts.reduce((sum, text) => sum + text.length, 0);
  if (texts.every((text) => typeof text === 'string')) return keepText(texts);
  const parts = texts.filter((text) => text !== '');
  return { length, deflated: parts.flatMap((text) => (typeof text === 'string' ? [deflated(text)] : text.deflated)) };
}

/** Short texts, each to be had again by its number: cheaply where they are asked for in about the order in which they came. */
export class TextShelf {
  private readonly kept: string[] = [];
  private readonly places: (readonly [piece: number, from: number, to: number])[] = [];
  private waiting = '';
  private inHand: { readonly piece: number; readonly text: string } | null = null;

  /** The number of the text. */
  add(text: string): number {
    const from = this.waiting.length;
    this.waiting += text;
    this.places.push([this.kept.length, from, this.waiting.length]);
    if (this.waiting.length >= pieceLength) {
      this.kept.push(deflated(this.waiting));
      this.waiting = '';
    }
    return this.places.length - 1;
  }

  at(number: number): string {
    const place = this.places[number];
    if (place === undefined) throw new RangeError(`there is no text ${number}`);
    const [piece, from, to] = place;
    return this.piece(piece).slice(from, to);
  }

  private piece(piece: number): string {
    const kept = this.kept[piece];
    if (kept === undefined) return this.waiting;
    if (this.inHand?.piece !== piece) this.inHand = { piece, text: inflated(kept) };
    return this.inHand.text;
  }
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
