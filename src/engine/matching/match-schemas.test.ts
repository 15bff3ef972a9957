import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LearnedPattern } from '../../shared/model/mapping.ts';
import type { Column, Table, TypeFamily } from '../../shared/model/schema.ts';
import type { MatchInput } from '../ports/matcher.ts';
import { table, typed } from '../../../test/support/builders.ts';
import { matchSchemas } from './match-schemas.ts';

const column = (name: string, type: TypeFamily = 'string', more: Partial<Column> = {}): Column =>
  typed(name, type, more);

const legacy: readonly Table[] = [
  table(
    'CUST_MSTR',
    [
      column('CUST_ID', 'integer'),
      column('CUST_NM'),
      column('EML_ADDR'),
      column('CRT_DT'),
      column('ACTV_FLG'),
      column('ZQX_9'),
    ],
    { primaryKey: ['CUST_ID'] },
  ),
  table('MTR_READ', [column('MTR_NBR'), column('READ_DT'), column('KWH_USG', 'decimal')]),
];
const modern: readonly Table[] = [
  table(
    'customer',
    [
      column('customer_id', 'integer'),
      column('first_name'),
      column('last_name'),
      column('email'),
      column('created_date', 'date'),
      column('is_active', 'boolean'),
    ],
    { primaryKey: ['customer_id'] },
  ),
  table('meter_reading', [column('meter_number'), column('reading_date', 'date'), column('usage_kwh', 'decimal')]),
];

function input(source: readonly Table[], target: readonly Table[], more: Partial<MatchInput> = {}): MatchInput {
  return {
    source,
    target,
    profiles: new Map(),
    targetProfiles: new Map(),
    patterns: [],
    settings: { autoApprove: 0.8, flagBelow: 0.5, topCandidates: 5, domain: 'utility-billing' },
    rejected: new Map(),
    ...more,
  };
}

const chosen = async (given: MatchInput): Promise<Readonly<Record<string, string | null>>> =>
  Object.fromEntries(
    (await matchSchemas(given, null)).map((mapping) => [
      mapping.id,
      mapping.candidates[0] === undefined ? null : `${mapping.candidates[0].table}.${mapping.candidates[0].column}`,
    ]),
  );

describe('matchSchemas', () => {
  it('reads abbreviations of a legacy schema without a model', async () => {
    expect(await chosen(input(legacy, modern))).toMatchObject({
      'CUST_MSTR.CUST_ID': 'customer.customer_id',
      'CUST_MSTR.EML_ADDR': 'customer.email',
      'CUST_MSTR.CRT_DT': 'customer.created_date',
      'CUST_MSTR.ACTV_FLG': 'customer.is_active',
      'MTR_READ.MTR_NBR': 'meter_reading.meter_number',
      'MTR_READ.READ_DT': 'meter_reading.reading_date',
      'MTR_READ.KWH_USG': 'meter_reading.usage_kwh',
    });
  });

  it('gives one mapping a source column in source order, with candidates best first', async () => {
    const mappings = await matchSchemas(input(legacy, modern), null);
    expect(mappings.map((mapping) => mapping.id)).toEqual(
      legacy.flatMap((side) => side.columns.map((entry) => `${side.name}.${entry.name}`)),
    );
    for (const { candidates, confidence } of mappings) {
      const scores = candidates.map((candidate) => candidate.score);
      expect(scores).toEqual([...scores].sort((a, b) => b - a));
      expect(confidence).toBeGreaterThanOrEqual(0);
      expect(confidence).toBeLessThanOrEqual(1);
    }
  });

  it('says that the meaning was not compared when there is no model', async () => {
    const [first] = await matchSchemas(input(legacy, modern), null);
    expect(first?.reasons.join(' ')).toContain('No embedding model');
  });

  it('avoids a target that a person rejected', async () => {
    const rejected = new Map([
      ['MTR_READ.READ_DT', [{ schema: null, table: 'meter_reading', column: 'reading_date' }]],
    ]);
    const mappings = await matchSchemas(input(legacy, modern, { rejected }), null);
    const fresh = mappings.find((mapping) => mapping.id === 'MTR_READ.READ_DT');
    expect(fresh?.candidates.map((candidate) => candidate.column)).not.toContain('reading_date');
  });

  it('follows a learned pattern and names it', async () => {
    const pattern = {
      id: 'p1',
      sourceColumn: 'ZQX_9',
      sourceTable: 'CUST_MSTR',
      sourceType: 'string',
      targetTable: 'customer',
      targetColumn: 'last_name',
      transformation: { type: 'direct' as const, expression: 'ZQX_9' },
      verdict: 'modify' as const,
      uses: 1,
      confidence: 0.95,
      origin: 'other',
      learnedAt: '2026-01-01T00:00:00Z',
    };
    const before = (await matchSchemas(input(legacy, modern), null)).find(
      (mapping) => mapping.id === 'CUST_MSTR.ZQX_9',
    );
    const after = (await matchSchemas(input(legacy, modern, { patterns: [pattern] }), null)).find(
      (mapping) => mapping.id === 'CUST_MSTR.ZQX_9',
    );
    expect(after?.target?.column).toBe('last_name');
    expect(after?.patterns).toEqual(['p1']);
    expect(after?.parts.history).toBeGreaterThan(0.9);
    expect(after?.confidence ?? 0).toBeGreaterThan(before?.confidence ?? 1);
  });

  it('does not depend on the order of tables and columns', async () => {
    const expected = await matchSchemas(input(legacy, modern), null);
    const byId = (mappings: typeof expected): typeof expected => [...mappings].sort((a, b) => (a.id < b.id ? -1 : 1));
    const shuffled = (tables: readonly Table[]): fc.Arbitrary<readonly Table[]> =>
      fc
        .tuple(
          ...tables.map((entry) =>
            fc
              .shuffledSubarray([...entry.columns], { minLength: entry.columns.length })
              .map((columns) => ({ ...entry, columns })),
          ),
        )
        .chain((mixed) => fc.shuffledSubarray(mixed, { minLength: mixed.length }));
    await fc.assert(
      fc.asyncProperty(shuffled(legacy), shuffled(modern), async (source, target) => {
        expect(byId(await matchSchemas(input(source, target), null))).toEqual(byId(expected));
      }),
      { numRuns: 25, seed: 7 },
    );
  });

  it('follows the lessons of a table to its target table, and leaves a column that is only spelled alike to itself', async () => {
    const source = [table('PAT', [column('CAP_SUM'), column('CAP_WIN'), column('NOTE_TX')])];
    const target = ['visit', 'stay'].map((name) =>
      table(name, [column('capacity_summer'), column('capacity_winter'), column('note_text')]),
    );
    const lesson: LearnedPattern = {
      id: '1',
      sourceColumn: 'CAP_SUM',
      sourceTable: 'PAT',
      sourceType: 'string',
      targetTable: 'visit',
      targetColumn: 'capacity_summer',
      transformation: { type: 'direct', expression: 'CAP_SUM' },
      verdict: 'approve',
      uses: 1,
      confidence: 0.95,
      origin: 'here',
      learnedAt: '2026-01-01T00:00:00Z',
    };
    const before = await chosen(input(source, target));
    const after = await chosen(input(source, target, { patterns: [lesson] }));
    expect(before['PAT.NOTE_TX']).toBe('stay.note_text');
    expect(after).toEqual({
      'PAT.CAP_SUM': 'visit.capacity_summer',
      'PAT.CAP_WIN': 'visit.capacity_winter',
      'PAT.NOTE_TX': 'visit.note_text',
    });
  });

  it('answers with no counterpart where the target has no columns', async () => {
    const mappings = await matchSchemas(input(legacy, []), null);
    expect(new Set(mappings.map((mapping) => mapping.status))).toEqual(new Set(['unmapped']));
  });

  it('stops when it is cancelled', async () => {
    const controller = new AbortController();
    controller.abort();
    await expect(matchSchemas(input(legacy, modern), null, undefined, controller.signal)).rejects.toMatchObject({
      code: 'CANCELLED',
    });
  });
});
