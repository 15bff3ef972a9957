import { describe, expect, it } from 'vitest';
import type { LearnedPattern } from '../../shared/model/mapping.ts';
import { findDoubtful } from './find-doubtful.ts';
import { importPack } from './import-pack.ts';

function lesson(source: string, target: string | null, more: Partial<LearnedPattern> = {}): LearnedPattern {
  const [sourceTable = '', sourceColumn = ''] = source.split('.');
  const [targetTable = null, targetColumn = null] = target?.split('.') ?? [];
  return {
    id: `${source}>${target ?? ''}${more.verdict === 'reject' ? '!' : ''}`,
    sourceColumn,
    sourceTable,
    sourceType: 'TEXT',
    targetTable,
    targetColumn,
    transformation: { type: 'direct', expression: sourceColumn },
    verdict: 'approve',
    uses: 1,
    confidence: 0.9,
    origin: 'Northlake',
    learnedAt: '2026-01-01T00:00:00Z',
    ...more,
  };
}

describe('taking in a learning pack', () => {
  const mine = [lesson('CUST.STAT', 'customer.status'), lesson('CUST.NM', 'customer.name')];
  const theirs = [
    lesson('CUST.STAT', 'customer.state', { origin: 'Bayside' }),
    lesson('CUST.NM', 'customer.name', { origin: 'Bayside', uses: 3 }),
    lesson('MTR.NO', 'meter.number', { origin: 'Bayside' }),
  ];
  const ids = (preference: 'mine' | 'theirs' | 'both'): readonly string[] =>
    importPack(mine, theirs, preference).patterns.map(({ id }) => id);

  it('adds what is new, strengthens what both have and shows what contradicts', () => {
    const done = importPack(mine, theirs, 'mine');
    expect(done).toMatchObject({ added: 1, strengthened: 1, unchanged: 0, removed: [] });
    expect(done.conflicts.map(({ first, second }) => [first.id, second.id])).toEqual([
      ['CUST.STAT>customer.status', 'CUST.STAT>customer.state'],
    ]);
    expect(done.patterns.find(({ id }) => id === 'CUST.NM>customer.name')).toMatchObject({ uses: 4 });
  });

  it('lets the preferred side win a contradiction', () => {
    expect(ids('mine')).toEqual(['CUST.NM>customer.name', 'CUST.STAT>customer.status', 'MTR.NO>meter.number']);
    expect(ids('theirs')).toEqual(['CUST.NM>customer.name', 'CUST.STAT>customer.state', 'MTR.NO>meter.number']);
    expect(ids('both')).toHaveLength(4);
  });

  it('changes nothing the second time', () => {
    const once = importPack(mine, theirs, 'both');
    const twice = importPack(once.patterns, theirs, 'both');
    expect(twice.patterns).toEqual(once.patterns);
    expect(twice).toMatchObject({ added: 0, strengthened: 0, unchanged: 3 });
  });
});

describe('doubtful lessons', () => {
  it('are those that contradict a stronger one about the same column', () => {
    const found = findDoubtful([
      lesson('CUST.STAT', 'customer.status', { uses: 5 }),
      lesson('CUST.STAT', 'customer.status', { verdict: 'reject' }),
    ]);
    expect(found.map(({ pattern }) => pattern.id)).toEqual(['CUST.STAT>customer.status!']);
    expect(found[0]?.why).toContain('customer.status');
  });

  it('are those that stand alone against columns of the same name', () => {
    const rule = [1, 2, 3].map((n) => lesson(`T${n}.CRT_DT`, `t${n}.created_at`));
    const odd = lesson('T4.CRT_DT', 't4.closed_at');
    expect(findDoubtful([...rule, odd]).map(({ pattern }) => pattern.id)).toEqual([odd.id]);
  });

  it('are none where lessons agree or differ by table only', () => {
    expect(findDoubtful([1, 2, 3].map((n) => lesson(`T${n}.ID`, `t${n}.id`)))).toEqual([]);
    expect(findDoubtful([])).toEqual([]);
  });
});
