/** The four parts of a confidence that a person sees, and their sum. */
import type { ConfidenceParts } from '../../shared/model/mapping.ts';
import { roundTo } from '../core/rounding.ts';
import type { Lexicon } from '../domains/lexicon.ts';
import type { ColumnView } from './column-view.ts';
import type { RankedCandidate } from './rank-column.ts';
import { featureNames } from './signals/registry.ts';
import { typeCompatibility } from './type-compatibility.ts';
import type { WordTable } from './word-table.ts';

const similarityFigures = [
  'name.balanced',
  'context.balanced',
  'context.sourceIntoName',
  'context.nameIntoTarget',
  'embedding.best',
  'values.containment',
].map((name) => featureNames.indexOf(name));

/** How alike the two are in name, meaning and values, by the best of the signals. */
export const likeness = ({ figures }: Pick<RankedCandidate, 'figures'>): number =>
  similarityFigures.reduce((most, index) => Math.max(most, figures[index] ?? 0), 0);

/** mission.md's shares of the four parts. */
export const partWeights: ConfidenceParts = { semantic: 0.4, type: 0.25, domain: 0.2, history: 0.15 };

/** How alike the two are in name, meaning and values, by the best of the signals; half of it is how far it beats its rivals. */
export function semanticPart(candidate: Pick<RankedCandidate, 'figures' | 'belief'>): number {
  return clamp(0.5 * likeness(candidate) + 0.5 * candidate.belief);
}

/** The share of domain words that both names have; 0.5 where the domain has nothing to say. */
export function domainPart(source: ColumnView, target: ColumnView, lexicon: Lexicon, words: WordTable): number {
  const known = lexicon.domainWords;
  const a = new Set([...source.words, ...source.table.words].filter((word) => known.has(word)));
  const b = new Set([...target.words, ...target.table.words].filter((word) => known.has(word)));
  if (a.size === 0 || b.size === 0) return 0.5;
  const agreeing = [...a].filter((word) =>
    [...b].some((other) => words.similarity(words.idOf(word), words.idOf(other)) >= 0.8),
  ).length;
  return agreeing / a.size;
}

/** The four parts of one candidate. */
export function confidenceParts(
  source: ColumnView,
  candidate: RankedCandidate,
  lexicon: Lexicon,
  words: WordTable,
): ConfidenceParts {
  return {
    semantic: roundTo(semanticPart(candidate), 4),
    type: roundTo(typeCompatibility(source.column, candidate.target.column), 4),
    domain: roundTo(domainPart(source, candidate.target, lexicon, words), 4),
    history: roundTo(candidate.history, 4),
  };
}

/** 0.40 semantic + 0.25 type + 0.20 domain + 0.15 history. */
export function composite(parts: ConfidenceParts): number {
  return (
    partWeights.semantic * parts.semantic +
    partWeights.type * parts.type +
    partWeights.domain * parts.domain +
    partWeights.history * parts.history
  );
}

const clamp = (value: number): number => Math.min(1, Math.max(0, value));
