import { describe, expect, it } from 'vitest';
import type { Decision, LearnedPattern } from '../../shared/model/mapping.ts';
import { decision as anyDecision, mapping as anyMapping } from '../../../test/support/builders.ts';
import { historyOfPair } from './history-of-pair.ts';
import { findConflicts, mergePatterns } from './merge-patterns.ts';
import { patternFromDecision } from './pattern-from-decision.ts';
import { indexPatterns } from './retrieve-patterns.ts';

const target = { schema: null, table: 'customer', column: 'status' };

function pattern(sourceColumn: string, more: Partial<LearnedPattern> = {}): LearnedPattern {
  return {
    id: `${sourceColumn}>${more.targetColumn ?? 'status'}${more.verdict === 'reject' ? '!' : ''}`,
    sourceColumn,
    sourceTable: 'CUST',
    sourceType: 'CHAR(1)',
    targetTable: 'customer',
    targetColumn: 'status',
    transformation: { type: 'direct', expression: sourceColumn },
    verdict: 'approve',
    uses: 1,
    confidence: 0.9,
    origin: 'one',
    learnedAt: '2026-01-01T00:00:00Z',
    ...more,
  };
}

const mapping = anyMapping('CUST.STAT_CD', 'customer.status', { status: 'needs_review' });

const decision = (verdict: Decision['verdict'], more: Partial<Decision> = {}): Decision =>
  anyDecision(1, mapping.id, verdict, { at: '2026-02-02T00:00:00Z', ...more });

describe('patternFromDecision', () => {
  const context = { origin: 'Northlake', state: null, known: [] };

  it('learns the target that was approved, refused or chosen', () => {
    expect(patternFromDecision(mapping, decision('approve'), context)).toMatchObject({
      targetColumn: 'status',
      verdict: 'approve',
      origin: 'Northlake',
      learnedAt: '2026-02-02T00:00:00Z',
      uses: 1,
    });
    expect(patternFromDecision(mapping, decision('reject'), context)).toMatchObject({
      targetColumn: 'status',
      verdict: 'reject',
    });
    expect(
      patternFromDecision(mapping, decision('modify', { target: { ...target, column: 'state' } }), context),
    ).toMatchObject({ targetColumn: 'state' });
    expect(patternFromDecision(mapping, decision('modify'), context)).toMatchObject({
      targetTable: null,
      targetColumn: null,
    });
  });

  it('counts the same lesson again as one more use and as more certain', () => {
    const first = patternFromDecision(mapping, decision('approve'), context);
    const again = patternFromDecision(mapping, decision('modify', { target }), { ...context, known: [first] });
    expect([again.id, again.uses]).toEqual([first.id, 2]);
    expect(again.confidence).toBeGreaterThan(first.confidence);
  });

  it('accepts names with any characters', () => {
    expect(
      patternFromDecision(
        { ...mapping, source: { schema: 'a.b', table: '\ud800"', column: '' } },
        decision('approve'),
        context,
      ).id,
    ).not.toBe('');
  });
});

describe('retrieving patterns', () => {
  it('finds the same name first, the same name of another table next, and no stranger', () => {
    const index = indexPatterns([
      pattern('STAT_CD', { sourceTable: 'ACCT', id: 'other' }),
      pattern('STAT_CD', { id: 'same' }),
      pattern('BIRTH_DT', { id: 'stranger' }),
    ]);
    expect(
      index.retrieve('CUST', 'stat_cd', null).map(({ pattern: found, similarity }) => [found.id, similarity]),
    ).toEqual([
      ['same', 1],
      ['other', 0.85],
    ]);
  });

  it('lets meaning find what spelling does not, at 0.6 or more only', () => {
    const index = indexPatterns([pattern('TELEPHONE_NO', { id: 'phone' })]);
    expect(index.retrieve('CUST', 'TEL_NO', null)).toEqual([]);
    expect(index.retrieve('CUST', 'TEL_NO', () => 0.9).map((match) => match.pattern.id)).toEqual(['phone']);
    expect(index.retrieve('CUST', 'XYZ', () => 0.9)).toEqual([]);
  });
});

describe('the history of a pair', () => {
  const recall = (...patterns: readonly LearnedPattern[]): number =>
    historyOfPair(target, indexPatterns(patterns).retrieve('CUST', 'STAT_CD', null)).value;

  it('is neutral without lessons, high for an approved target, low for a refused one or where another was chosen', () => {
    expect(recall()).toBe(0.5);
    expect(recall(pattern('STAT_CD'))).toBeCloseTo(0.95);
    expect(recall(pattern('STAT_CD', { verdict: 'reject' }))).toBeCloseTo(0.05);
    expect(recall(pattern('STAT_CD', { targetColumn: 'state' }))).toBeCloseTo(0.275);
  });

  it('does not hold a refusal of another target against this one', () => {
    expect(recall(pattern('STAT_CD', { targetColumn: 'state', verdict: 'reject' }))).toBe(0.5);
  });
});

describe('mergePatterns', () => {
  it('gives the same list whatever the order, uses added', () => {
    const a = [pattern('A'), pattern('B', { learnedAt: '2026-03-01T00:00:00Z' })];
    const b = [pattern('B', { uses: 4 }), pattern('C')];
    expect(mergePatterns(a, b)).toEqual(mergePatterns(b, a));
    expect(mergePatterns(a, b).map((entry) => [entry.sourceColumn, entry.uses])).toEqual([
      ['A', 1],
      ['B', 5],
      ['C', 1],
    ]);
  });

  it('shows lessons that cannot both be right', () => {
    const mine = [pattern('A'), pattern('B')];
    const theirs = [pattern('A', { targetColumn: 'state' }), pattern('B', { verdict: 'reject' }), pattern('B')];
    expect(findConflicts(mine, theirs).map(({ first, second }) => [first.id, second.id])).toEqual([
      ['A>status', 'A>state'],
      ['B>status', 'B>status!'],
    ]);
  });
});
