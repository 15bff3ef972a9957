/** The points that signals give a candidate, arranged to be looked at. */
import type { Candidate } from '../../../shared/model/mapping.ts';

export interface SignalLine {
  readonly id: string;
  /** May be negative. */
  readonly points: number;
  /** Of the largest in this list, 0..1. */
  readonly share: number;
}

const HUNDREDTHS = 100;

/** Those that speak most first; empty where nothing was recorded. */
export function signalLines({ points = {} }: Pick<Candidate, 'points'>): readonly SignalLine[] {
  const entries = Object.entries(points).map(([id, hundredths]) => ({ id, points: hundredths / HUNDREDTHS }));
  const most = Math.max(0, ...entries.map((entry) => Math.abs(entry.points)));
  return entries
    .map((entry) => ({ ...entry, share: most === 0 ? 0 : Math.abs(entry.points) / most }))
    .toSorted((a, b) => b.points - a.points);
}

/** Null where nothing was recorded. */
export function sumOf({ points }: Pick<Candidate, 'points'>): number | null {
  return points === undefined ? null : Object.values(points).reduce((sum, one) => sum + one, 0) / HUNDREDTHS;
}

/** The other candidate with most points, which this one is held against. */
export function rivalOf(candidates: readonly Candidate[], candidate: Candidate): Candidate | null {
  const others = candidates.filter((other) => other !== candidate && other.points !== undefined);
  return others.reduce<Candidate | null>(
    (best, other) => (best === null || (sumOf(other) ?? 0) > (sumOf(best) ?? 0) ? other : best),
    null,
  );
}
