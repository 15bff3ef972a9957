/** From the parts of a name to words with a meaning: abbreviations, glued words, other languages, the column's own comment. */
import type { Language } from '../domains/language.ts';
import type { Lexicon } from '../domains/lexicon.ts';
import { segmentWord, unglue } from './segment-word.ts';
import { tokenizeName } from './tokenize-name.ts';
import { abbreviationScore, baseForm } from './word-form.ts';

export interface Expander {
  /** Words for the parts of one name, in order. `commentWords` may explain an abbreviation that no lexicon has. */
  expand(tokens: readonly string[], commentWords: readonly string[]): readonly string[];
  /** The share of a name's parts, two-letter ones aside, that nothing explains. */
  unexplained(tokens: readonly string[], commentWords: readonly string[]): number;
  /** The languages that the names of this side are written in, beside English. */
  readonly languages: readonly string[];
}

/** Learns from all names of one side which languages are used, and expands with that in mind. */
export function createExpander(lexicon: Lexicon, names: readonly string[], knownWords: ReadonlySet<string>): Expander {
  const codes = detectLanguages(lexicon, names);
  const languages = codes.flatMap((code) => lexicon.languages.get(code) ?? []);
  const isPiece = (piece: string): boolean =>
    lexicon.words.has(piece) ||
    (piece.length >= 4 && knownWords.has(piece)) ||
    (piece.length >= 2 && lexicon.abbreviations.has(piece) && usualPieces.has(piece)) ||
    (piece.length >= 4 && lexicon.abbreviations.has(piece)) ||
    languages.some((language) => piece.length >= 4 && language.meaningOf(piece) !== null);
  const meant = (pieces: readonly string[]): readonly string[] =>
    pieces.flatMap((piece) => lookUp(lexicon, languages, piece) ?? [piece]);
  const meantAll = (pieces: readonly string[] | null): readonly string[] | null => pieces && meant(pieces);
  const wordsOf = remembered(
    (token) =>
      lookUp(lexicon, languages, token) ??
      meantAll(segmentWord(token, isPiece)) ??
      firstOf(languages, (language) => language.meaningOfBeginning(token)) ??
      [],
  );
  const isShortForm = (piece: string): boolean => lexicon.abbreviations.has(piece);
  const isKnown = (piece: string): boolean => lookUp(lexicon, languages, piece) !== null;
  const wordsOfOpaque = remembered((token) => meant(unglue(token, isShortForm, isKnown) ?? [token]));
  return {
    languages: codes,
    unexplained(tokens, commentWords) {
      const long = tokens.filter((token) => token.length >= 3 && !/^\d/.test(token));
      const opaque = long.filter(
        (token) => commentWord(token, commentWords, lexicon) === null && wordsOf(token).length === 0,
      );
      return long.length === 0 ? 0 : opaque.length / long.length;
    },
    expand(tokens, commentWords) {
      const phrases = findPhrases(languages, tokens);
      return tokens.flatMap((token, index) => {
        const phrase = phrases.get(index);
        if (phrase !== undefined) return phrase.map(baseForm);
        const explained = commentWord(token, commentWords, lexicon);
        if (explained !== null) return [baseForm(explained)];
        const words = wordsOf(token);
        return (words.length > 0 ? words : wordsOfOpaque(token)).map(baseForm);
      });
    },
  };
}

/** `find` with its results kept: names repeat their parts. */
function remembered(find: (token: string) => readonly string[]): (token: string) => readonly string[] {
  const known = new Map<string, readonly string[]>();
  return (token) => {
    const found = known.get(token) ?? find(token);
    known.set(token, found);
    return found;
  };
}

/** Short pieces that people glue to other words; any other two-letter piece would cut words by chance. */
const usualPieces: ReadonlySet<string> = new Set([
  'id',
  'cd',
  'no',
  'dt',
  'nm',
  'nbr',
  'num',
  'amt',
  'qty',
  'cust',
  'acct',
  'pat',
  'emp',
  'pub',
  'prod',
  'desc',
  'addr',
  'type',
  'ord',
  'inv',
]);

function firstOf<T>(languages: readonly Language[], find: (language: Language) => T | null): T | null {
  for (const language of languages) {
    const found = find(language);
    if (found !== null) return found;
  }
  return null;
}

/** The phrases among the parts of a name: meaning by the first part's index, nothing by those of the others. */
function findPhrases(
  languages: readonly Language[],
  tokens: readonly string[],
): ReadonlyMap<number, readonly string[]> {
  const found = new Map<number, readonly string[]>();
  for (let index = 0; index + 1 < tokens.length;) {
    const phrase = firstOf(
      languages,
      (language) =>
        language.phrases(tokens[index]?.[0] ?? '').find(({ words }) => standsFor(tokens, index, words)) ?? null,
    );
    if (phrase !== null) {
      found.set(index, phrase.meaning);
      for (let part = 1; part < phrase.words.length; part += 1) found.set(index + part, []);
    }
    index += phrase?.words.length ?? 1;
  }
  return found;
}

/** Whether the parts from `start` on are the words, each in full or shortened the usual way; two letters alone say too little. */
function standsFor(tokens: readonly string[], start: number, words: readonly string[]): boolean {
  return (
    words.every((word, index) => {
      const token = tokens[start + index] ?? '';
      return token === word || (token.length >= 2 && abbreviationScore(token, word) >= 0.5);
    }) && words.some((_, index) => (tokens[start + index] ?? '').length >= 3)
  );
}

function lookUp(lexicon: Lexicon, languages: readonly Language[], token: string): readonly string[] | null {
  const foreign = firstOf(languages, (language) => language.meaningOf(token));
  if (foreign !== null) return foreign;
  const long = lexicon.abbreviations.get(token) ?? lexicon.abbreviations.get(singular(token));
  if (long !== undefined) return long;
  return lexicon.words.has(token) || lexicon.words.has(baseForm(token)) ? [token] : null;
}

/** Short forms of three letters are left as they are: their last s may belong to them. */
const singular = (token: string): string => (token.length > 4 ? baseForm(token) : token);

function commentWord(token: string, commentWords: readonly string[], lexicon: Lexicon): string | null {
  if (token.length < 3 || lexicon.words.has(token)) return null;
  let best: string | null = null;
  let bestScore = 0.6;
  for (const word of commentWords) {
    const score = abbreviationScore(token, word);
    if (score > bestScore) [best, bestScore] = [word, score];
  }
  return best;
}

/** A language counts as used when at least four different words, and a sixth of all, are its and not English. */
function detectLanguages(lexicon: Lexicon, names: readonly string[]): readonly string[] {
  const tokens = new Set(names.flatMap((name) => tokenizeName(name)).filter((token) => token.length >= 3));
  const used: { readonly code: string; readonly hits: number }[] = [];
  for (const [code, words] of lexicon.languages) {
    let hits = 0;
    for (const token of tokens) {
      if (words.has(token) && !lexicon.words.has(token) && !lexicon.abbreviations.has(token)) hits += 1;
    }
    if (hits >= 4 && hits * 6 >= tokens.size) used.push({ code, hits });
  }
  const most = Math.max(0, ...used.map((language) => language.hits));
  return used
    .filter((language) => language.hits * 2 > most)
    .sort((a, b) => b.hits - a.hits || (a.code < b.code ? -1 : 1))
    .map((language) => language.code);
}
