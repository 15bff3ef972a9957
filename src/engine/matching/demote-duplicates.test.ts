import { describe, expect, it } from 'vitest';
import type { Mapping } from '../../shared/model/mapping.ts';
import { demoteDuplicates } from './demote-duplicates.ts';

function mapping(table: string, column: string, target: string | null, confidence: number): Mapping {
  return {
    id: `${table}.${column}`,
    source: { schema: null, table, column },
    target: target === null ? null : { schema: null, table: 't', column: target },
    transformation: { type: 'direct', expression: column },
    additional: [],
    confidence,
    parts: { semantic: 1, type: 1, domain: 0.5, history: 0.5 },
    status: target === null ? 'unmapped' : 'auto_approved',
    rationale: '',
    reasons: [],
    candidates: [],
    issues: [],
    priority: 5,
    patterns: [],
  };
}

describe('demoteDuplicates', () => {
  it('leaves one automatic approval for a target and source table, whatever the order', () => {
    const all = [
      mapping('A', 'x', 'n', 0.9),
      mapping('A', 'y', 'n', 0.95),
      mapping('B', 'x', 'n', 0.85),
      mapping('A', 'z', 'm', 0.9),
      mapping('A', 'u', null, 0),
      mapping('A', 'v', null, 0),
    ];
    const statuses = (list: readonly Mapping[]) =>
      new Map(demoteDuplicates(list).map((entry) => [entry.id, entry.status]));
    expect([...statuses(all).values()]).toEqual([
      'needs_review',
      'auto_approved',
      'auto_approved',
      'auto_approved',
      'unmapped',
      'unmapped',
    ]);
    for (const [id, status] of statuses(all.toReversed())) expect(statuses(all).get(id)).toBe(status);
  });
});
