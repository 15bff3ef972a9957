/** Values of one kind that a domain knows by how they are written, such as codes of a classification. */
import type { DomainPack } from '../../shared/model/domain-pack.ts';

export interface ValuePattern {
  /** What a column of such values means. */
  readonly words: readonly string[];
  readonly matches: (value: string) => boolean;
}

/** Longer values are no codes, and cost an expression time. */
const LONGEST_VALUE = 64;
/** Fewer different values could be written so by chance. */
const LEAST_VALUES = 3;

export function compilePatterns({ patterns }: Pick<DomainPack, 'patterns'>): readonly ValuePattern[] {
  return patterns.map(({ words, values }) => {
    const whole = new RegExp(`^(?:${values})$`, 'u');
    return {
      words: words.split(' ').filter((word) => word !== ''),
      matches: (value) => value.length <= LONGEST_VALUE && whole.test(value),
    };
  });
}

/** What all of the values are by the first pattern that fits; null where none does, or where there are too few different ones. */
export function meaningOfValues(
  values: readonly string[],
  patterns: readonly ValuePattern[],
): readonly string[] | null {
  if (new Set(values).size < LEAST_VALUES) return null;
  return patterns.find(({ matches }) => values.every(matches))?.words ?? null;
}
