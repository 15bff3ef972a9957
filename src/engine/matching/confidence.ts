/** From a candidate's figures to the four parts that a person sees, and to the probability that it is right. */
import type { ConfidenceParts } from '../../shared/model/mapping.ts';
import { roundTo } from '../core/rounding.ts';
import type { Lexicon } from '../domains/lexicon.ts';
import type { ColumnView } from './column-view.ts';
import calibration from './calibration.json' with { type: 'json' };
import type { RankedCandidate, RankedColumn } from './rank-column.ts';
import { featureNames } from './signals/registry.ts';
import { typeCompatibility } from './type-compatibility.ts';
import type { WordTable } from './word-table.ts';

/** mission.md's shares of the four parts. */
export const partWeights: ConfidenceParts = { semantic: 0.4, type: 0.25, domain: 0.2, history: 0.15 };

const at = (name: string): number => featureNames.indexOf(name);
const similarityFigures = ['name.balanced', 'context.balanced', 'context.sourceIntoName', 'context.nameIntoTarget', 'embedding.best', 'values.containment'].map(at);

/** How alike the two are in name, meaning and values, by the best of the signals; half of it is how far it beats its rivals. */
export function semanticPart(candidate: Pick<RankedCandidate, 'figures' | 'belief'>): number {
  const alike = similarityFigures.reduce((most, index) => Math.max(most, candidate.figures[index] ?? 0), 0);
  return clamp(0.5 * alike + 0.5 * candidate.belief);
}

/** The share of domain words that both names have; 0.5 where the domain has nothing to say. */
export function domainPart(source: ColumnView, target: ColumnView, lexicon: Lexicon, words: WordTable): number {
  const known = lexicon.domainWords;
  const a = new Set([...source.words, ...source.table.words].filter((word) => known.has(word)));
  const b = new Set([...target.words, ...target.table.words].filter((word) => known.has(word)));
  if (a.size === 0 || b.size === 0) return 0.5;
  const agreeing = [...a].filter((word) => [...b].some((other) => words.similarity(words.idOf(word), words.idOf(other)) >= 0.8)).length;
  return agreeing / a.size;
}

/** The four parts of one candidate. */
export function confidenceParts(source: ColumnView, candidate: RankedCandidate, lexicon: Lexicon, words: WordTable): ConfidenceParts {
  return {
    semantic: roundTo(semanticPart(candidate), 4),
    type: roundTo(typeCompatibility(source.column, candidate.target.column), 4),
    domain: roundTo(domainPart(source, candidate.target, lexicon, words), 4),
    history: roundTo(candidate.history, 4),
  };
}

/** 0.40 semantic + 0.25 type + 0.20 domain + 0.15 history. */
export function composite(parts: ConfidenceParts): number {
  return partWeights.semantic * parts.semantic + partWeights.type * parts.type + partWeights.domain * parts.domain + partWeights.history * parts.history;
}

/** A distance that no second candidate bridges. */
const MOST_MARGIN = 12;

/**
 * What the calibration reads of a column's ranking, in the order of its weights: 1, the four-part sum with a neutral history and
 * domain, the share of belief in the first, the logarithm of its distance to the second, and whether each is the other's first choice.
 */
export function certaintyFigures(ranked: RankedColumn): readonly number[] {
  const [first, second] = ranked.candidates;
  if (first === undefined) return [1, 0, 0, 0, 0, 0];
  const semantic = semanticPart(first);
  const type = typeCompatibility(ranked.source.column, first.target.column);
  const sum = composite({ semantic, type, domain: 0.5, history: 0.5 });
  const margin = Math.log1p(second === undefined ? MOST_MARGIN : Math.min(MOST_MARGIN, first.score - second.score));
  return [1, sum, first.belief, margin, first.figures[at('pair.mutual')] ?? 0, first.figures[at('table.share')] ?? 0];
}

/** The calibrated probability that the column's first candidate is right. Lessons move it after the calibration, as evidence of its own. */
export function calibratedConfidence(ranked: RankedColumn, hasEmbedder: boolean): number {
  const first = ranked.candidates[0];
  if (first === undefined) return 0;
  const { weights, points } = hasEmbedder ? calibration.minilm : calibration.rules;
  const raw = certaintyFigures(ranked).reduce((sum, value, i) => sum + value * (weights[i] ?? 0), 0);
  const calibrated = interpolate(points, 1 / (1 + Math.exp(-raw)));
  return shiftOdds(calibrated, 7 * (first.history - 0.5));
}

export interface CurvePoint {
  readonly at: number;
  readonly is: number;
}

/** Piecewise linear through ascending points; flat outside. */
export function interpolate(points: readonly CurvePoint[], x: number): number {
  const next = points.findIndex((point) => point.at >= x);
  const after = points[next];
  if (after === undefined) return points.at(-1)?.is ?? x;
  const before = points[next - 1];
  if (before === undefined || after.at === before.at) return after.is;
  return before.is + ((after.is - before.is) * (x - before.at)) / (after.at - before.at);
}

function shiftOdds(probability: number, shift: number): number {
  if (shift === 0) return probability;
  const p = Math.min(0.999, Math.max(0.001, probability));
  return 1 / (1 + Math.exp(-(Math.log(p / (1 - p)) + shift)));
}

const clamp = (value: number): number => Math.min(1, Math.max(0, value));
