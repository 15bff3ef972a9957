import { describe, expect, it } from 'vitest';
import { reliabilityOf } from './reliability.ts';

const predictions = (set: string, confidence: number, right: number, wrong: number) => [
  ...Array.from({ length: right }, () => ({ set, confidence, right: true })),
  ...Array.from({ length: wrong }, () => ({ set, confidence, right: false })),
];

describe('reliability', () => {
  it('is without error where nine in ten at 0.9 and half at 0.5 are right', () => {
    const { ece, autoShare, autoPrecision } = reliabilityOf([
      ...predictions('a', 0.9, 9, 1),
      ...predictions('b', 0.5, 5, 5),
    ]);
    expect([ece, autoShare, autoPrecision]).toEqual([0, 0.5, 0.9]);
  });

  it('counts what confidence is above or below, and leaves out what is not proposed', () => {
    const { ece, ecePerSet, bins } = reliabilityOf([
      ...predictions('a', 0.9, 5, 5),
      ...predictions('b', 0.5, 10, 0),
      ...predictions('b', 0.1, 10, 0),
    ]);
    expect(ece).toBe(0.45);
    expect(ecePerSet).toBe(0.45);
    expect(bins.map((bin) => bin.count)).toEqual([10, 10]);
  });
});
