/** What each signal adds to a candidate, so that a person sees what its rank rests on. */
import type { RankedCandidate } from './rank-column.ts';
import { rankerWeights, type RankerKind } from './ranker.ts';
import { signals } from './signals/registry.ts';

/** Beside the ids of the signals: what lessons add, and what another column of the table takes that fits the target better. */
const DECISIONS = 'decisions';
const RIVALS = 'rivals';

/**
 * Hundredths of a point by signal id, those that round to 0 left out. A signal's part is the weighted sum of its figures; what is
 * neither of signals nor of lessons is of rivals, so that all parts sum to the score but for rounding. Points have no unit of their
 * own: of two candidates of one column, one point more is 2.7 times the belief.
 */
export function signalPoints(
  { figures, score, learned }: Pick<RankedCandidate, 'figures' | 'score' | 'learned'>,
  kind: RankerKind,
): Readonly<Record<string, number>> {
  const weights = rankerWeights(kind);
  const points: Record<string, number> = {};
  let at = 0;
  let measured = 0;
  for (const { id, features } of signals) {
    let part = 0;
    for (const _feature of features) {
      part += (weights[at] as number) * (figures[at] as number);
      at += 1;
    }
    measured += part;
    put(points, id, part);
  }
  put(points, DECISIONS, learned);
  put(points, RIVALS, score - measured - learned);
  return points;
}

function put(points: Record<string, number>, id: string, part: number): void {
  const hundredths = Math.round(100 * part);
  if (hundredths !== 0) points[id] = hundredths;
}
