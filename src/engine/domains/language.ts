/** The words of one language other than English, with their English meaning: single words, phrases, and inflected or shortened forms. */
import { compareText } from '../core/text.ts';
import type { LanguageWords } from '../../shared/model/domain-pack.ts';

export interface Phrase {
  readonly words: readonly string[];
  readonly meaning: readonly string[];
}

/** An ending as it may stand in a name, and what the dictionary has in its place. */
type Inflection = readonly [ending: string, dictionary: readonly string[]];

/** The commonest plurals, cases and linking letters; no grammar, since only forms that the dictionary has are found. */
const inflections: Readonly<Record<string, readonly Inflection[]>> = {
  de: [
    ['s', ['']],
    ['n', ['']],
    ['en', ['', 'e']],
    ['e', ['']],
    ['er', ['']],
  ],
  es: [
    ['s', ['']],
    ['es', ['']],
    ['a', ['o']],
  ],
  fr: [
    ['s', ['']],
    ['x', ['']],
    ['e', ['']],
    ['es', ['']],
  ],
  it: [
    ['i', ['o', 'e']],
    ['e', ['a']],
    ['a', ['o']],
    ['he', ['a']],
  ],
  pl: [
    ['y', ['', 'a']],
    ['i', ['', 'a']],
    ['a', ['', 'y']],
    ['u', ['']],
    ['e', ['', 'a']],
    ['ow', ['']],
  ],
};
const leastStem = 4;
/** A shorter beginning could be that of too many words. */
const leastPrefix = 4;

export class Language {
  private readonly code: string;
  private readonly words: ReadonlyMap<string, readonly string[]>;
  private readonly sorted: readonly string[];
  private readonly phrasesByLetter = new Map<string, Phrase[]>();

  constructor(code: string, entries: LanguageWords) {
    this.code = code;
    const words = new Map<string, readonly string[]>();
    for (const [written, meanings] of Object.entries(entries)) {
      const meaning = (meanings[0] ?? '').split(' ');
      const parts = written.split(' ');
      if (parts.length === 1) words.set(written, meaning);
      else this.addPhrase({ words: parts, meaning });
    }
    this.words = words;
    this.sorted = [...words.keys()].sort(compareText);
    for (const phrases of this.phrasesByLetter.values()) phrases.sort((a, b) => b.words.length - a.words.length);
  }

  private addPhrase(phrase: Phrase): void {
    const letter = phrase.words[0]?.[0] ?? '';
    const known = this.phrasesByLetter.get(letter);
    if (known === undefined) this.phrasesByLetter.set(letter, [phrase]);
    else known.push(phrase);
  }

  /** Whether the dictionary has the word as it is. */
  has(word: string): boolean {
    return this.words.has(word);
  }

  /** The English words for a word as it is or inflected; null where the dictionary has neither. */
  meaningOf(word: string): readonly string[] | null {
    const exact = this.words.get(word);
    if (exact !== undefined) return exact;
    for (const [ending, dictionary] of inflections[this.code] ?? []) {
      if (!word.endsWith(ending) || word.length - ending.length < leastStem) continue;
      const stem = word.slice(0, -ending.length);
      for (const instead of dictionary) {
        const found = this.words.get(stem + instead);
        if (found !== undefined) return found;
      }
    }
    return null;
  }

  /** The English words for the beginning of a word, where all words that begin so mean the same. */
  meaningOfBeginning(letters: string): readonly string[] | null {
    if (letters.length < leastPrefix) return null;
    let meaning: readonly string[] | null = null;
    for (let at = this.firstFrom(letters); this.sorted[at]?.startsWith(letters) === true; at += 1) {
      const found = this.words.get(this.sorted[at] ?? '') ?? [];
      if (meaning !== null && meaning.join(' ') !== found.join(' ')) return null;
      meaning = found;
    }
    return meaning;
  }

  private firstFrom(letters: string): number {
    let [low, high] = [0, this.sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compareText(this.sorted[middle] ?? '', letters) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Phrases that begin with the letter, the longest first. */
  phrases(letter: string): readonly Phrase[] {
    return this.phrasesByLetter.get(letter) ?? [];
  }
}
