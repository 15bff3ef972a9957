import { describe, expect, it } from 'vitest';
import { compileLexicon } from './lexicon.ts';
import { domainPacks, findDomainPack, genericPack, languagePacks } from './packs.ts';
import { compilePatterns, meaningOfValues } from './value-pattern.ts';

const patternsOf = (id: string): ReturnType<typeof compilePatterns> => {
  const pack = findDomainPack(id);
  return compileLexicon(pack === null ? [genericPack] : [genericPack, pack], pack, languagePacks).patterns;
};
const meaning = (id: string, ...values: readonly string[]): string | null =>
  meaningOfValues(values, patternsOf(id))?.join(' ') ?? null;

describe('values that a domain knows', () => {
  it('tell what a column means', () => {
    expect(meaning('healthcare', 'E11.9', 'I10', 'J45.909')).toBe('diagnosis code');
    expect(meaning('healthcare', '0002-8215-01', '50580-449-10', '0093-7424-56')).toBe('national drug code');
    expect(meaning('telecom', '+393331234567', '+390612345678', '+4915112345678')).toBe('phone number');
    expect(meaning('telecom', '1HGCM82633A004352', 'JH4KA9650MC012345', 'WVWZZZ1JZXW000010')).toBe(
      'vehicle identification number',
    );
  });

  it('say nothing where one value differs, where there are few, and outside of their domain', () => {
    expect(meaning('healthcare', 'E11.9', 'I10', 'unknown')).toBeNull();
    expect(meaning('healthcare', 'E11.9', 'E11.9', 'I10')).toBeNull();
    expect(meaning('telecom', 'E11.9', 'I10', 'J45.909')).toBeNull();
  });

  it('of every shipped pack can be used', () => {
    for (const pack of [genericPack, ...domainPacks.values()])
      for (const pattern of compilePatterns(pack)) expect(pattern.matches('a'.repeat(100_000))).toBe(false);
  });
});
