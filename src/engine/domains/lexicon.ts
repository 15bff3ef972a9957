/** A lexicon answers what a word of a name means: compiled once from the generic pack, a domain's pack and the languages. */
import { squeezeName, tokenizeName } from '../matching/tokenize-name.ts';
import type { DomainPack, LanguageWords } from '../../shared/model/domain-pack.ts';
import { Language } from './language.ts';
import { compilePatterns, type ValuePattern } from './value-pattern.ts';

export interface Lexicon {
  /** Short form → words. The domain's meaning wins over the generic one. */
  readonly abbreviations: ReadonlyMap<string, readonly string[]>;
  /** A legacy column's whole name, squeezed → the words of what the domain calls it. */
  readonly names: ReadonlyMap<string, readonly string[]>;
  /** Word → numbers of the synonym groups it is in. */
  readonly synonymGroups: ReadonlyMap<string, readonly number[]>;
  /** Every whole English word that the packs know. */
  readonly words: ReadonlySet<string>;
  /** Words of the chosen domain only. */
  readonly domainWords: ReadonlySet<string>;
  readonly keywords: ReadonlySet<string>;
  /** A standard table, squeezed → how much a business's own data goes there, -1..1; 0 for what is not named. */
  readonly tableUse: ReadonlyMap<string, number>;
  /** A word that names one of several standards → how usual it is, -1..1. */
  readonly wordUse: ReadonlyMap<string, number>;
  readonly languages: ReadonlyMap<string, Language>;
  /** The domain's before the generic ones. */
  readonly patterns: readonly ValuePattern[];
}

const splitWords = (text: string): readonly string[] => text.split(' ').filter((word) => word !== '');

/** Packs later in the list win over earlier ones; `domain` is the one whose words count as the domain's. */
export function compileLexicon(
  packs: readonly DomainPack[],
  domain: DomainPack | null,
  languages: ReadonlyMap<string, LanguageWords>,
): Lexicon {
  const abbreviations = new Map<string, readonly string[]>();
  const synonymGroups = new Map<string, number[]>();
  const names = new Map<string, readonly string[]>();
  const words = new Set<string>();
  let group = 0;
  for (const pack of packs) {
    for (const [short, long] of Object.entries(pack.abbreviations)) abbreviations.set(short, splitWords(long));
    for (const members of pack.synonyms) {
      for (const member of members) synonymGroups.set(member, [...(synonymGroups.get(member) ?? []), group]);
      group += 1;
    }
    addWords(words, pack);
    for (const { name, aliases } of pack.tables.flatMap((table) => table.columns))
      for (const alias of aliases) names.set(squeezeName(alias), tokenizeName(name));
  }
  const domainWords = new Set<string>();
  if (domain !== null) addWords(domainWords, domain);
  return {
    abbreviations,
    names,
    synonymGroups,
    words,
    domainWords,
    keywords: new Set(domain?.keywords ?? []),
    tableUse: new Map(Object.entries(domain?.tableUse ?? {}).map(([table, use]) => [squeezeName(table), use])),
    wordUse: new Map(Object.entries(domain?.wordUse ?? {})),
    languages: new Map([...languages].map(([code, entries]) => [code, new Language(code, entries)])),
    patterns: packs.toReversed().flatMap(compilePatterns),
  };
}

function addWords(into: Set<string>, pack: DomainPack): void {
  for (const long of Object.values(pack.abbreviations)) for (const word of splitWords(long)) into.add(word);
  for (const members of pack.synonyms)
    for (const member of members) for (const word of splitWords(member)) into.add(word);
  for (const word of pack.vocabulary) into.add(word);
  for (const table of pack.tables)
    for (const { name } of [table, ...table.columns]) for (const word of tokenizeName(name)) into.add(word);
}
