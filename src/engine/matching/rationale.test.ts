import { describe, expect, it } from 'vitest';
import { because } from './rationale.ts';
import { rankerWeights } from './ranker.ts';
import { featureNames } from './signals/registry.ts';

const column = (name: string): Parameters<typeof because>[0] =>
  ({ words: [name], column: { name, rawType: 'text' }, table: { table: { name: 't' } } }) as never;
const candidate = (figures: Readonly<Record<string, number>>): Parameters<typeof because>[1] =>
  ({
    target: column('b'),
    figures: Float64Array.from(featureNames, (name) => figures[name] ?? 0),
    history: 0.5,
  }) as never;
const silent = featureNames.filter((_, i) => rankerWeights('rules')[i] === 0);

describe('because', () => {
  it('names what adds to the score', () => {
    expect(because(column('a'), candidate({ 'name.balanced': 0.9, 'context.balanced': 0.9 }), 'rules')).toBe('name');
  });

  it('is silent about the meaning where the ranker has no model', () => {
    expect(silent).toContain('embedding.best');
    expect(because(column('a'), candidate({ 'embedding.best': 0.9 }), 'rules')).toBe('weak evidence');
  });

  it('never names what adds nothing, however much it agrees', () => {
    const all = Object.fromEntries(silent.map((name) => [name, 1]));
    expect(because(column('a'), candidate({ ...all, 'comment.present': 1, 'table.gap': -0.5 }), 'rules')).toBe(
      'weak evidence',
    );
  });
});
