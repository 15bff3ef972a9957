/** All words of one matching job with numbers, weights and similarities, each computed once. */
import type { Lexicon } from '../domains/lexicon.ts';
import { dice, jaroWinkler, trigrams } from './string-similarity.ts';
import { abbreviationScore, baseForm, wordStem } from './word-form.ts';

/** Beyond this many words only the similarities of late are kept, instead of all: tens of thousands of words make a billion pairs. */
const DENSE_LIMIT = 4000;
const KEPT_PAIRS = 2 ** 22;

export interface WordTable {
  readonly size: number;
  readonly words: readonly string[];
  /** The word's number; every word given at creation has one. */
  idOf(word: string): number;
  /** Rare words tell more: log(1 + columns / columns with the word), at least 0.1. */
  readonly weights: Float64Array;
  /** 0..1; 1 for the same word. */
  similarity(a: number, b: number): number;
}

/** `documents` are the words of each column of both sides. */
export function createWordTable(documents: readonly (readonly string[])[], lexicon: Lexicon): WordTable {
  const counts = new Map<string, number>();
  for (const words of documents) for (const word of new Set(words)) counts.set(word, (counts.get(word) ?? 0) + 1);
  const words = [...counts.keys()].sort();
  const ids = new Map(words.map((word, id) => [word, id]));
  const weights = Float64Array.from(words, (word) =>
    Math.max(0.1, Math.log(1 + documents.length / (counts.get(word) ?? 1)) * glueWeight(word)),
  );
  const grams = words.map(trigrams);
  const groups = words.map((word) => new Set(lexicon.synonymGroups.get(word)));
  const size = words.length;
  const measure = (a: number, b: number): number =>
    wordSimilarity(
      { word: words[a] as string, grams: grams[a] as Int32Array, groups: groups[a] as ReadonlySet<number> },
      { word: words[b] as string, grams: grams[b] as Int32Array, groups: groups[b] as ReadonlySet<number> },
    );
  const isDense = size <= DENSE_LIMIT;
  const kept = new Float32Array(isDense ? size * size : KEPT_PAIRS).fill(-1);
  // Which pair a place holds at the moment; in a full matrix each pair has its own.
  const holds = isDense ? null : new Float64Array(KEPT_PAIRS).fill(-1);
  return {
    size,
    words,
    weights,
    idOf: (word) => ids.get(word) ?? -1,
    similarity(a, b) {
      if (a === b) return 1;
      // A word is compared with many others in turn, which then lie side by side.
      const pair = a * size + b;
      const place = holds === null ? pair : pair % KEPT_PAIRS;
      if (holds !== null && holds[place] !== pair) {
        holds[place] = pair;
        kept[place] = -1;
      }
      if ((kept[place] as number) < 0) kept[place] = a < b ? measure(a, b) : measure(b, a);
      return kept[place] as number;
    },
  };
}

const glueWords: ReadonlySet<string> = new Set([
  'of',
  'the',
  'a',
  'an',
  'to',
  'from',
  'and',
  'or',
  'for',
  'in',
  'on',
  'by',
  'with',
  'at',
  'is',
]);
const glueWeight = (word: string): number => (glueWords.has(word) ? 0.25 : /^\d+$/.test(word) ? 0.6 : 1);

interface Word {
  readonly word: string;
  readonly grams: Int32Array;
  readonly groups: ReadonlySet<number>;
}

function wordSimilarity(a: Word, b: Word): number {
  if (baseForm(a.word) === baseForm(b.word)) return 0.98;
  let best = wordStem(a.word) === wordStem(b.word) ? 0.9 : 0;
  for (const group of a.groups) if (b.groups.has(group)) best = Math.max(best, 0.8);
  if (/^\d+$/.test(a.word) || /^\d+$/.test(b.word)) return best;
  const [short, long] = a.word.length < b.word.length ? [a.word, b.word] : [b.word, a.word];
  best = Math.max(best, 0.9 * abbreviationScore(short, long));
  const overlap = dice(a.grams, b.grams);
  if (short.length >= 4 && overlap >= 0.4) best = Math.max(best, 0.5 * overlap + 0.4 * jaroWinkler(a.word, b.word));
  return best < 0.3 ? 0 : best;
}
