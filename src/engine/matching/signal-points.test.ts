import { describe, expect, it } from 'vitest';
import { createRanker } from './ranker.ts';
import { signalPoints } from './signal-points.ts';
import { featureNames, signalIds } from './signals/registry.ts';

const figures = Float64Array.from(featureNames, (_, i) => ((i * 7) % 11) / 10 - 0.2);

describe('signalPoints', () => {
  it.each(['minilm', 'rules'] as const)('splits the score of the %s ranker into its signals', (kind) => {
    const score = createRanker(kind).score(figures);
    const points = signalPoints({ figures, score }, kind);
    const sum = Object.values(points).reduce((total, part) => total + part, 0);
    expect(Math.abs(sum / 100 - score)).toBeLessThan(0.005 * (signalIds.length + 1));
    expect(Object.keys(points).filter((id) => !signalIds.includes(id))).toEqual([]);
  });

  it('gives what lessons add a part of its own', () => {
    const score = createRanker('rules').score(figures);
    expect(signalPoints({ figures, score: score - 4.5 }, 'rules')['decisions']).toBe(-450);
  });

  it('leaves out what adds nothing', () => {
    expect(signalPoints({ figures: new Float64Array(featureNames.length), score: 0 }, 'minilm')).toEqual({});
  });
});
