import { describe, expect, it } from 'vitest';
import { createRanker } from './ranker.ts';
import { signalPoints } from './signal-points.ts';
import { featureNames, signalIds } from './signals/registry.ts';

const figures = Float64Array.from(featureNames, (_, i) => ((i * 7) % 11) / 10 - 0.2);

describe('signalPoints', () => {
  it.each(['minilm', 'rules'] as const)('splits the score of the %s ranker into its signals', (kind) => {
    const score = createRanker(kind).score(figures);
    const points = signalPoints({ figures, score, learned: 0 }, kind);
    const sum = Object.values(points).reduce((total, part) => total + part, 0);
    expect(Math.abs(sum / 100 - score)).toBeLessThan(0.005 * (signalIds.length + 1));
    expect(Object.keys(points).filter((id) => !signalIds.includes(id))).toEqual([]);
  });

  it('gives what lessons add a part of its own', () => {
    const score = createRanker('rules').score(figures);
    const points = signalPoints({ figures, score: score - 4.5, learned: -4.5 }, 'rules');
    expect(points['decisions']).toBe(-450);
    expect(points['rivals']).toBeUndefined();
  });

  it('says nothing of lessons where a rival alone has taken points', () => {
    const score = createRanker('rules').score(figures);
    const points = signalPoints({ figures, score: score - 0.7, learned: 0 }, 'rules');
    expect(points['decisions']).toBeUndefined();
    expect(points['rivals']).toBe(-70);
  });

  it('leaves out what adds nothing', () => {
    expect(signalPoints({ figures: new Float64Array(featureNames.length), score: 0, learned: 0 }, 'minilm')).toEqual(
      {},
    );
  });
});
