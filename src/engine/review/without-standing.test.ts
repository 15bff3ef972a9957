import { describe, expect, it } from 'vitest';
import type { Decision } from '../../shared/model/mapping.ts';
import type { NewDecision } from '../ports/project-store.ts';
import { withoutStanding } from './without-standing.ts';

const entry = (mappingId: string, verdict: NewDecision['verdict'], more: Partial<NewDecision> = {}): NewDecision => ({
  mappingId,
  verdict,
  target: { schema: null, table: 't', column: 'c' },
  transformation: { type: 'direct', expression: 'c' },
  note: null,
  undoes: null,
  by: 'import',
  ...more,
});

const logged = (...entries: readonly NewDecision[]): readonly Decision[] =>
  entries.map((one, i) => ({ ...one, seq: i + 1, batch: i + 1, at: '2026-01-01T00:00:00Z' }));

describe('withoutStanding', () => {
  it('keeps only what the log does not say already', () => {
    const log = logged(entry('a', 'approve'), entry('b', 'reject'));
    const again = [entry('a', 'approve'), entry('b', 'reject', { target: null }), entry('c', 'approve')];
    expect(withoutStanding(again, log)).toEqual([entry('c', 'approve')]);
  });

  it('keeps a decision that was changed or taken back since', () => {
    const log = logged(
      entry('a', 'approve'),
      entry('a', 'reject'),
      entry('b', 'approve'),
      entry('b', 'undo', { undoes: 3 }),
    );
    const again = [entry('a', 'approve'), entry('b', 'approve')];
    expect(withoutStanding(again, log)).toEqual(again);
  });

  it('keeps one with another target, expression or note', () => {
    const log = logged(entry('a', 'modify'));
    const others = [
      entry('a', 'modify', { target: { schema: null, table: 't', column: 'd' } }),
      entry('a', 'modify', { transformation: { type: 'calculated', expression: 'upper(c)' } }),
      entry('a', 'modify', { note: 'seen' }),
    ];
    expect(withoutStanding(others, log)).toEqual(others);
  });
});
