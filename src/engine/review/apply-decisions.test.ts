import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Decision, Mapping } from '../../shared/model/mapping.ts';
import { decision, mapping as anyMapping } from '../../../test/support/builders.ts';
import { applyDecisions, standingDecisions } from './apply-decisions.ts';
import { orderQueue } from './order-queue.ts';
import { similarTo } from './similar-to.ts';

const mapping = (column: string, more: Partial<Mapping> = {}): Mapping =>
  anyMapping(`T.${column}`, `t.${column.toLowerCase()}`, {
    confidence: 0.6,
    status: 'needs_review',
    priority: 5,
    ...more,
  });

const proposed = ['A', 'B', 'C', 'D'].map((name) => mapping(name));
const other = { schema: null, table: 'x', column: 'y' };

const logArb: fc.Arbitrary<readonly Decision[]> = fc
  .array(
    fc.record({
      id: fc.constantFrom('T.A', 'T.B', 'T.C', 'T.gone'),
      verdict: fc.constantFrom('approve', 'reject', 'modify', 'undo'),
      undoes: fc.integer({ min: 1, max: 12 }),
      hasTarget: fc.boolean(),
    }),
    { maxLength: 12 },
  )
  .map((entries) =>
    entries.map(({ id, verdict, undoes, hasTarget }, i) =>
      decision(i + 1, id, verdict as Decision['verdict'], {
        undoes: verdict === 'undo' ? undoes : null,
        target: hasTarget ? other : null,
      }),
    ),
  );

describe('applyDecisions', () => {
  it('lays each verdict over its mapping and leaves the rest alone', () => {
    const log = [
      decision(1, 'T.A', 'approve'),
      decision(2, 'T.B', 'reject'),
      decision(3, 'T.C', 'modify', { target: other }),
    ];
    expect(applyDecisions(proposed, log).map(({ status, target }) => [status, target?.column])).toEqual([
      ['approved', 'a'],
      ['rejected', 'b'],
      ['modified', 'y'],
      ['needs_review', 'd'],
    ]);
  });

  it('maps to nothing when a person says so', () => {
    const [first] = applyDecisions(proposed, [decision(1, 'T.A', 'modify')]);
    expect(first).toMatchObject({
      target: null,
      status: 'modified',
      transformation: { type: 'none', expression: 'NULL' },
    });
  });

  it('does not reject a fresh proposal of another target', () => {
    const [first] = applyDecisions(proposed, [decision(1, 'T.A', 'reject', { target: other })]);
    expect(first?.status).toBe('needs_review');
  });

  it('keeps what was approved although a later run proposes something else', () => {
    const [first] = applyDecisions(proposed, [decision(1, 'T.A', 'approve', { target: other })]);
    expect(first).toMatchObject({ target: other, status: 'approved' });
  });

  it('undoing what was done gives back what was before', () => {
    fc.assert(
      fc.property(logArb, fc.constantFrom('approve', 'reject', 'modify'), (log, verdict) => {
        const seq = log.length + 20;
        const done = [...log, decision(seq, 'T.A', verdict as Decision['verdict'], { target: other })];
        const undone = [...done, decision(seq + 1, 'T.A', 'undo', { undoes: seq })];
        expect(applyDecisions(proposed, undone)).toEqual(applyDecisions(proposed, log));
        const redone = [...undone, decision(seq + 2, 'T.A', 'undo', { undoes: seq + 1 })];
        expect(applyDecisions(proposed, redone)).toEqual(applyDecisions(proposed, done));
      }),
      { seed: 11 },
    );
  });

  it('is idempotent and does not depend on the order in which entries are listed', () => {
    fc.assert(
      fc.property(logArb, (log) => {
        const once = applyDecisions(proposed, log);
        expect(applyDecisions(proposed, [...log, ...log].reverse())).toEqual(once);
        expect(applyDecisions(once, log).map((entry) => [entry.target, entry.status])).toEqual(
          once.map((entry) => [entry.target, entry.status]),
        );
      }),
      { seed: 12 },
    );
  });

  it('lists every decision that stands, also several on one mapping', () => {
    const log = [
      decision(1, 'T.A', 'reject', { target: other }),
      decision(2, 'T.A', 'reject'),
      decision(3, 'T.B', 'approve'),
      decision(4, 'T.B', 'undo', { undoes: 3 }),
    ];
    expect(standingDecisions(log).map((entry) => entry.seq)).toEqual([1, 2]);
  });
});

describe('orderQueue', () => {
  it('shows the least certain pending mapping first, then by priority and id', () => {
    const queue = orderQueue([
      mapping('A', { confidence: 0.9, status: 'auto_approved' }),
      mapping('B', { confidence: 0.6, priority: 2 }),
      mapping('C', { confidence: 0.6, priority: 10 }),
      mapping('D', { confidence: 0.2, status: 'flagged' }),
      mapping('E', { confidence: 0.1, status: 'approved' }),
      mapping('F', { confidence: 0.6, priority: 2 }),
    ]);
    expect(queue.map((entry) => entry.source.column)).toEqual(['D', 'C', 'B', 'F', 'E', 'A']);
  });
});

describe('similarTo', () => {
  it('finds the same name, the same suffix and similar names, and nothing else', () => {
    const first = mapping('STAT_CD');
    const all = [
      first,
      mapping('stat_cd', { id: 'U.stat_cd' }),
      mapping('ACCT_STAT_CD'),
      mapping('STATUS'),
      mapping('BIRTH_DT'),
    ];
    expect(similarTo(first, all).map((entry) => [entry.mapping.source.column, entry.rule])).toEqual([
      ['stat_cd', 'same_name'],
      ['ACCT_STAT_CD', 'same_suffix'],
    ]);
  });
});
