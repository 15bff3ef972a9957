/** Which mappings are like one: the same question asked again. */
import { type Mapping, isDerived } from '../../shared/model/mapping.ts';
import { compareText } from '../core/text.ts';
import { dice, trigrams } from '../matching/string-similarity.ts';
import { squeezeName, tokenizeName } from '../matching/tokenize-name.ts';

export interface SimilarMapping {
  readonly mapping: Mapping;
  /** 0.6..1. */
  readonly score: number;
  /** The rule by which it is similar. */
  readonly rule: 'same_name' | 'same_suffix' | 'similar_name';
}

/** Other mappings with the same or a similar source name, most similar first. */
export function similarTo(mapping: Mapping, mappings: readonly Mapping[]): readonly SimilarMapping[] {
  return mappings
    .filter((other) => other.id !== mapping.id)
    .flatMap((other): readonly SimilarMapping[] => {
      const found =
        isDerived(mapping) || isDerived(other) ? sameDerivation(mapping, other) : nameLikeness(mapping, other);
      return found === null ? [] : [{ mapping: other, ...found }];
    })
    .sort((a, b) => b.score - a.score || compareText(a.mapping.id, b.mapping.id));
}

/** The same target column in another table, made in the same way. */
function sameDerivation(a: Mapping, b: Mapping): Pick<SimilarMapping, 'score' | 'rule'> | null {
  const same =
    isDerived(a) === isDerived(b) &&
    a.transformation.type === b.transformation.type &&
    a.transformation.expression === b.transformation.expression &&
    squeezeName(a.target?.column ?? '') === squeezeName(b.target?.column ?? '');
  return same ? { score: 1, rule: 'same_name' } : null;
}

const nameLikeness = (a: Mapping, b: Mapping) => likeness(a.source.column, b.source.column);

function likeness(a: string, b: string): Pick<SimilarMapping, 'score' | 'rule'> | null {
  const left = squeezeName(a);
  const right = squeezeName(b);
  if (left === right) return { score: 1, rule: 'same_name' };
  const tokensA = tokenizeName(a);
  const tokensB = tokenizeName(b);
  const [short, long] = tokensA.length <= tokensB.length ? [tokensA, tokensB] : [tokensB, tokensA];
  const isSuffix = short.length >= 2 && short.every((token, i) => token === long[long.length - short.length + i]);
  if (isSuffix) return { score: 0.85, rule: 'same_suffix' };
  const spelling = dice(trigrams(left), trigrams(right));
  return spelling >= 0.6 ? { score: spelling, rule: 'similar_name' } : null;
}
