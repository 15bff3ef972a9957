import { describe, expect, it } from 'vitest';
import type { QueueItem } from '../../../shared/ipc/contract.ts';
import type { MappingStatus } from '../../../shared/model/mapping.ts';
import { minutesLeft } from './pace.ts';
import { addPage, applyDecisions, neighbour, nextOffset, nextPending, restoreItems } from './queue.ts';

const item = (id: string, status: MappingStatus = 'needs_review'): QueueItem => ({
  id,
  source: { schema: null, table: 'T', column: id },
  made: null,
  target: { schema: null, table: 'X', column: id },
  confidence: 0.5,
  status,
  priority: 5,
  key: false,
  several: false,
});
const list = ['a', 'b', 'c', 'd'].map((id) => item(id));
const ids = (items: readonly QueueItem[]): string => items.map((one) => `${one.id}:${one.status}`).join(' ');

describe('the review queue', () => {
  it('keeps decided items in their place', () => {
    const decided = applyDecisions(list, [
      { mappingId: 'b', verdict: 'approve' },
      { mappingId: 'd', verdict: 'reject' },
    ]);
    expect(ids(decided)).toBe('a:needs_review b:approved c:needs_review d:rejected');
  });

  it('shows the new target of a changed mapping, and none where it maps to nothing', () => {
    const target = { schema: null, table: 'Y', column: 'z' };
    const [a, b, c] = applyDecisions(list, [
      { mappingId: 'a', verdict: 'modify', target },
      { mappingId: 'b', verdict: 'modify', target: null },
      { mappingId: 'c', verdict: 'modify' },
    ]);
    expect([a?.target, b?.target, c?.target?.column]).toEqual([target, null, 'c']);
  });

  it('goes to the next undecided one, then round to those that were passed over', () => {
    const decided = applyDecisions(list, [
      { mappingId: 'b', verdict: 'approve' },
      { mappingId: 'c', verdict: 'approve' },
    ]);
    expect(nextPending(decided, 'b')).toBe('d');
    expect(nextPending(decided, 'd')).toBe('a');
    expect(
      nextPending(
        applyDecisions(
          list,
          list.map((one) => ({ mappingId: one.id, verdict: 'approve' as const })),
        ),
        'a',
      ),
    ).toBeNull();
  });

  it('never offers the mapping in hand as the next one', () => {
    expect(nextPending([item('only')], 'only')).toBeNull();
  });

  it('asks for the next page behind what is still undecided, so that none is skipped', () => {
    const decided = applyDecisions(list, [{ mappingId: 'a', verdict: 'approve' }]);
    expect(nextOffset(decided, 'pending')).toBe(3);
    expect(nextOffset(decided, 'all')).toBe(4);
    expect(nextOffset([item('x', 'approved')], 'decided')).toBe(1);
  });

  it('adds a page without repeating what overlaps', () => {
    expect(ids(addPage(list.slice(0, 3), [item('c'), item('d')]))).toBe(ids(list));
  });

  it('puts undone items back as they were', () => {
    const decided = applyDecisions(list, [{ mappingId: 'b', verdict: 'modify', target: null }]);
    expect(restoreItems(decided, new Map([['b', item('b')]]))).toEqual(list);
  });

  it('stops at the ends', () => {
    expect([
      neighbour(list, 'a', -1),
      neighbour(list, 'd', 1),
      neighbour(list, 'b', 10),
      neighbour(list, 'gone', 1),
      neighbour([], null, 1),
    ]).toEqual(['a', 'd', 'd', 'a', null]);
  });
});

describe('minutesLeft', () => {
  it('says nothing until there is a pace', () => {
    expect(minutesLeft([0, 2000, 4000], 100)).toBeNull();
  });

  it('takes the median thought and leaves breaks out', () => {
    const decidedAt = [0, 6000, 12_000, 18_000, 24_000, 30_000, 3_630_000, 3_636_000];
    expect(minutesLeft(decidedAt, 50)).toBe(5);
  });
});
