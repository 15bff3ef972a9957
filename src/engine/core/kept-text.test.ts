import { describe, expect, it } from 'vitest';
import { keepText, piecesOf, sameText, wholeText } from './kept-text.ts';

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

  it('texts are the same however they were cut', () => {
    expect(sameText(keepText(pieces), keepText([text]))).toBe(true);
    expect(sameText(keepText(pieces), keepText([...pieces.slice(1), pieces[0] ?? '']))).toBe(false);
    expect(sameText(keepText(pieces), text)).toBe(true);
    expect(sameText('a', 'b')).toBe(false);
  });
});
