import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Decision } from '../../shared/model/mapping.ts';
import { decision, mapping, table, typed } from '../../../test/support/builders.ts';
import { createSettler, settleMappings } from './settle-mappings.ts';

const columns = ['a', 'b', 'c', 'd'];
const file = { file: 'x.sql', format: 'ddl', dialect: null, diagnostics: [] } as const;
const state = {
  proposals: columns.map((name) => mapping(`S.${name}`, `T.${name}`, { status: 'needs_review' })),
  discovery: {
    source: [
      {
        ...file,
        tables: [
          table(
            'S',
            columns.map((name) => typed(name, 'string')),
          ),
        ],
      },
    ],
    target: [
      {
        ...file,
        tables: [
          table(
            'T',
            columns.map((name) => typed(name, 'integer', { nullable: false })),
          ),
        ],
      },
    ],
  },
  settings: { minAverageConfidence: 0.8, minCompleteness: 0.9 },
} as unknown as Parameters<typeof createSettler>[0];

const verdict = fc.record({
  column: fc.constantFrom(...columns),
  target: fc.constantFrom(null, ...columns),
  verdict: fc.constantFrom('approve', 'reject', 'modify'),
  undo: fc.boolean(),
});

function logOf(verdicts: readonly (typeof verdict extends fc.Arbitrary<infer T> ? T : never)[]): readonly Decision[] {
  return verdicts.map(({ column, target, verdict: said, undo }, index) =>
    undo && index > 0
      ? decision(index + 1, `S.${column}`, 'undo', { undoes: index })
      : decision(index + 1, `S.${column}`, said, {
          target: target === null ? null : { schema: null, table: 'T', column: target },
        }),
  );
}

describe('a settler', () => {
  it('gives after each decision what a fresh one gives for the whole log', () => {
    fc.assert(
      fc.property(fc.array(verdict, { maxLength: 12 }), (verdicts) => {
        const log = logOf(verdicts);
        const settle = createSettler(state);
        for (let entries = 0; entries <= log.length; entries += 1) {
          const soFar = log.slice(0, entries);
          expect(settle(soFar)).toEqual(settleMappings(state, soFar));
        }
      }),
    );
  });

  it('does not make again what a decision leaves as it is', () => {
    const settle = createSettler(state);
    const before = settle([]).mappings;
    const after = settle([decision(1, 'S.a', 'approve')]).mappings;
    expect(after.map((one, index) => one === before[index])).toEqual([false, true, true, true]);
  });
});
