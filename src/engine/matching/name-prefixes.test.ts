import { describe, expect, it } from 'vitest';
import { isMadeOfPrefixes } from './name-prefixes.ts';

describe('names made of beginnings of words', () => {
  it('takes a beginning of every word, in order', () => {
    expect(isMadeOfPrefixes('pid', ['product', 'id'])).toBe(true);
    expect(isMadeOfPrefixes('rstaffid', ['rental', 'staff', 'id'])).toBe(true);
    expect(isMadeOfPrefixes('custacct', ['customer', 'account'])).toBe(false);
    expect(isMadeOfPrefixes('custacc', ['customer', 'account'])).toBe(true);
  });

  it('needs every word and nothing besides', () => {
    expect(isMadeOfPrefixes('id', ['product', 'id'])).toBe(false);
    expect(isMadeOfPrefixes('pidx', ['product', 'id'])).toBe(false);
    expect(isMadeOfPrefixes('idp', ['product', 'id'])).toBe(false);
    expect(isMadeOfPrefixes('a', [])).toBe(false);
  });

  it('tries all cuts where words begin alike', () => {
    expect(isMadeOfPrefixes('aaab', ['aa', 'aab'])).toBe(true);
  });
});
