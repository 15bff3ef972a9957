import { describe, expect, it } from 'vitest';
import { TextShelf, joinTexts, keepText, piecesOf, sameText, wholeText } from './kept-text.ts';

const line = 'SELECT 1 AS naïve, 𝔘 -- text\n';
const pieces = Array.from({ length: 30_000 }, (_, at) => `${at} ${line}`);
const text = pieces.join('');

describe('kept texts', () => {
  it('a short text stays as it is', () => {
    expect(keepText(['a', '', 'b'])).toBe('ab');
    expect(keepText([])).toBe('');
  });

  it('a long text comes back whole, and piece by piece', () => {
    const kept = keepText(pieces);
    expect(kept).toMatchObject({ length: text.length });
    expect(wholeText(kept)).toBe(text);
    expect([...piecesOf(kept)].join('')).toBe(text);
  });

  it('takes a fraction of its size', () => {
    expect(JSON.stringify(keepText(pieces)).length).toBeLessThan(text.length / 4);
  });

  it('texts joined are one text, kept as such', () => {
    expect(joinTexts(['a', '', 'b'])).toBe('ab');
    const joined = joinTexts(['head ', keepText(pieces), '', ' tail']);
    expect(wholeText(joined)).toBe(`head ${text} tail`);
    expect(joined).toMatchObject({ length: text.length + 10 });
  });

  it('short texts are had again by their number, in any order', () => {
    const shelf = new TextShelf();
    const numbers = pieces.map((piece) => shelf.add(piece));
    for (const at of [29_999, 0, 15_000, 14_999, 1]) expect(shelf.at(numbers[at] ?? -1)).toBe(pieces[at]);
    expect(() => shelf.at(30_000)).toThrow(RangeError);
  });

  it('texts are the same however they were cut', () => {
    expect(sameText(keepText(pieces), keepText([text]))).toBe(true);
    expect(sameText(keepText(pieces), keepText([...pieces.slice(1), pieces[0] ?? '']))).toBe(false);
    expect(sameText(keepText(pieces), text)).toBe(true);
    expect(sameText('a', 'b')).toBe(false);
  });
});
