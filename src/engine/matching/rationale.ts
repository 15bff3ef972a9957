/** Why a candidate was proposed, in short sentences from the figures. */
import type { ConfidenceParts } from '../../shared/model/mapping.ts';
import type { ColumnView } from './column-view.ts';
import type { RankedCandidate } from './rank-column.ts';
import { rankerWeights, type RankerKind } from './ranker.ts';
import { featureNames } from './signals/registry.ts';

const at = (name: string): number => featureNames.indexOf(name);

interface Evidence {
  readonly word: string;
  /** Beginnings of the figures that the sentence is about. */
  readonly rests: readonly string[];
  readonly strength: number;
  readonly sentence: string;
}

/** What speaks for the candidate and adds to its score. */
function evidenceOf(source: ColumnView, candidate: RankedCandidate, kind: RankerKind): readonly Evidence[] {
  const { figures, target } = candidate;
  const figure = (name: string): number => figures[at(name)] ?? 0;
  const percent = (share: number): string => `${Math.round(100 * share)} %`;
  const named = Math.max(
    figure('name.balanced'),
    figure('context.balanced'),
    figure('context.sourceIntoName'),
    figure('context.nameIntoTarget'),
  );
  const meaning = figure('embedding.best');
  const values = Math.max(figure('values.containment'), figure('values.words'));
  const comment = Math.max(
    figure('comment.targetNameInSource'),
    figure('comment.sourceNameInTarget'),
    figure('comment.both'),
  );
  const found: Evidence[] = [
    {
      word: 'name',
      rests: ['name.', 'context.'],
      strength: figure('name.equal') === 1 ? 1 : named,
      sentence:
        figure('name.equal') === 1
          ? 'The names are equal'
          : `The names agree by ${percent(named)}: "${source.words.join(' ')}" and "${target.words.join(' ')}"`,
    },
    {
      word: 'meaning',
      rests: ['embedding.'],
      strength: meaning,
      sentence: `MiniLM finds the meaning similar by ${percent(meaning)}`,
    },
    { word: 'values', rests: ['values.'], strength: values, sentence: `The data agrees by ${percent(values)}` },
    {
      word: 'comment',
      rests: ['comment.'],
      strength: comment * 0.9,
      sentence: `The comments agree by ${percent(comment)}`,
    },
    {
      word: 'table',
      rests: ['table.'],
      strength: figure('table.gap') === 0 ? 0.75 : 0,
      sentence: `${source.table.table.name} fits ${target.table.table.name} best of all tables`,
    },
  ];
  return found
    .filter((entry) => entry.strength >= 0.5 && pointsOf(entry.rests, candidate, kind) >= LEAST_POINTS)
    .sort((a, b) => b.strength - a.strength);
}

/** What is less than half a hundredth is shown as nothing. */
const LEAST_POINTS = 0.005;

/** What figures add to the candidate's score. That something is known of a pair is no reason for it. */
function pointsOf(rests: readonly string[], { figures }: RankedCandidate, kind: RankerKind): number {
  const weights = rankerWeights(kind);
  return featureNames.reduce(
    (sum, name, i) =>
      !name.endsWith('.present') && rests.some((start) => name.startsWith(start))
        ? sum + (weights[i] as number) * (figures[i] as number)
        : sum,
    0,
  );
}

/** Few words: what speaks for the candidate. */
export function because(source: ColumnView, candidate: RankedCandidate, kind: RankerKind): string {
  const words = evidenceOf(source, candidate, kind)
    .slice(0, 3)
    .map((entry) => entry.word);
  if (candidate.history > 0.55) words.unshift('earlier decisions');
  return words.length === 0 ? 'weak evidence' : words.join(', ');
}

/** All reasons, strongest first. */
export function reasonsFor(
  source: ColumnView,
  candidate: RankedCandidate,
  parts: ConfidenceParts,
  kind: RankerKind,
): readonly string[] {
  const reasons = evidenceOf(source, candidate, kind).map((entry) => entry.sentence);
  if (parts.history > 0.55) reasons.unshift('Earlier decisions on similar columns chose this target');
  if (parts.history < 0.45)
    reasons.unshift('Earlier decisions on similar columns chose another target or refused this one');
  if (parts.type < 0.7)
    reasons.push(`The types differ: ${source.column.rawType} to ${candidate.target.column.rawType}`);
  return reasons;
}
