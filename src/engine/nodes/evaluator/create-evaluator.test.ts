import { describe, expect, it } from 'vitest';
import type { Mapping } from '../../../shared/model/mapping.ts';
import type { ColumnProfile, TableProfile } from '../../../shared/model/profile.ts';
import type { Column } from '../../../shared/model/schema.ts';
import {
  columnProfile,
  mapping as anyMapping,
  table,
  tableProfile,
  typed as column,
} from '../../../../test/support/builders.ts';
import { createEvaluator, type Evaluated, type EvaluationContext } from './create-evaluator.ts';

const mapping = (from: string, to: string | null, more: Partial<Mapping> = {}): Mapping =>
  anyMapping(`S.${from}`, to === null ? null : `T.${to}`, { status: 'auto_approved', ...more });

const profile = (name: string, more: Partial<ColumnProfile>): ColumnProfile =>
  columnProfile(name, { distinct: 5, minLength: 1, maxLength: 5, ...more });

const data = (...columns: readonly ColumnProfile[]): ReadonlyMap<string, TableProfile> =>
  new Map([['S', tableProfile('S', columns, [], { rows: 100 })]]);

const settings = { minAverageConfidence: 0.8, minCompleteness: 0.9 };

const evaluateMappings = ({
  mappings,
  ...context
}: EvaluationContext & { readonly mappings: readonly Mapping[] }): Evaluated => createEvaluator(context)(mappings);

function issuesOf(
  from: Column,
  to: Column,
  profiles: ReadonlyMap<string, TableProfile> = new Map(),
): readonly (readonly [string, string, number | null])[] {
  const result = evaluateMappings({
    mappings: [mapping(from.name, to.name)],
    source: [table('S', [from])],
    target: [table('T', [to])],
    profiles,
    settings,
  });
  return (result.mappings[0]?.issues ?? []).map((issue) => [issue.kind, issue.severity, issue.rows]);
}

describe('createEvaluator', () => {
  it('finds nothing wrong with a column that fits', () => {
    expect(issuesOf(column('a', 'string', { length: 20 }), column('b', 'string', { length: 40 }))).toEqual([]);
  });

  it('counts the rows that a NOT NULL target would refuse', () => {
    const target = column('b', 'string', { nullable: false });
    expect(issuesOf(column('a', 'string'), target, data(profile('A', { nulls: 7 })))).toEqual([
      ['not_null', 'error', 7],
    ]);
    expect(issuesOf(column('a', 'string'), target, data(profile('a', {})))).toEqual([]);
    expect(issuesOf(column('a', 'string'), target)).toEqual([['not_null', 'warning', null]]);
    expect(issuesOf(column('a', 'string'), { ...target, default: "''" })).toEqual([]);
  });

  it('trusts the data over the declared length', () => {
    const pair = [column('a', 'string', { length: 100 }), column('b', 'string', { length: 10 })] as const;
    expect(issuesOf(...pair)).toEqual([['length', 'warning', null]]);
    expect(issuesOf(...pair, data(profile('a', { maxLength: 8 })))).toEqual([]);
    expect(
      issuesOf(...pair, data(profile('a', { maxLength: 12, top: [{ value: 'x'.repeat(12), count: 3 }] }))),
    ).toEqual([['length', 'error', 3]]);
  });

  it('counts text that is no number or date', () => {
    const top = [
      { value: '20240101', count: 9 },
      { value: '20231301', count: 2 },
      { value: '20230505', count: 5 },
      { value: '20230506', count: 5 },
    ];
    expect(issuesOf(column('a', 'string'), column('b', 'date'), data(profile('a', { top })))).toEqual([
      ['lossy', 'warning', 2],
    ]);
    expect(
      issuesOf(
        column('a', 'string'),
        column('b', 'integer'),
        data(
          profile('a', {
            top: [
              { value: 'n/a', count: 4 },
              { value: '12', count: 1 },
            ],
          }),
        ),
      ),
    ).toEqual([['lossy', 'warning', 4]]);
  });

  it('warns of lost digits and refuses what cannot be converted', () => {
    expect(
      issuesOf(
        column('a', 'decimal', { precision: 12, scale: 4 }),
        column('b', 'decimal', { precision: 12, scale: 2 }),
      ),
    ).toEqual([['lossy', 'warning', null]]);
    expect(
      issuesOf(column('a', 'decimal', { precision: 14, scale: 2 }), column('b', 'decimal', { precision: 9, scale: 2 })),
    ).toEqual([['precision', 'warning', null]]);
    expect(issuesOf(column('a', 'binary'), column('b', 'date'))).toEqual([['type', 'error', null]]);
  });

  it('finds two columns of one table that write the same target', () => {
    const mappings = [
      mapping('a', 'x'),
      mapping('b', 'x'),
      mapping('c', 'y'),
      mapping('d', 'x', { source: { schema: null, table: 'U', column: 'd' }, id: 'U.d' }),
    ];
    const source = [
      table(
        'S',
        ['a', 'b', 'c'].map((name) => column(name, 'string')),
      ),
      table('U', [column('d', 'string')]),
    ];
    const result = evaluateMappings({
      mappings,
      source,
      target: [table('T', [column('x', 'string'), column('y', 'string')])],
      profiles: new Map(),
      settings,
    });
    expect(result.mappings.map((entry) => entry.issues.map((issue) => issue.kind))).toEqual([
      ['duplicate_target'],
      ['duplicate_target'],
      [],
      [],
    ]);
  });

  it('measures completeness, confidence, coverage and what is required but not fed', () => {
    const mappings = [
      mapping('a', 'x'),
      mapping('b', 'y', { status: 'needs_review', confidence: 0.5 }),
      mapping('c', null, { status: 'unmapped', confidence: 0.05 }),
      mapping('d', null, { status: 'modified' }),
    ];
    const target = [
      table('T', [
        column('x', 'string'),
        column('y', 'string'),
        column('z', 'string', { nullable: false }),
        column('k', 'integer', { nullable: false, identity: true }),
      ]),
      table('UNUSED', [column('z', 'string', { nullable: false })]),
    ];
    const { evaluation } = evaluateMappings({
      mappings,
      source: [
        table(
          'S',
          ['a', 'b', 'c', 'd'].map((name) => column(name, 'string')),
        ),
      ],
      target,
      profiles: new Map(),
      settings,
    });
    expect(evaluation).toMatchObject({
      completeness: 0.5,
      averageConfidence: 0.7,
      targetCoverage: 0.4,
      complexRatio: 0,
      needsReview: true,
      counts: { total: 4, autoApproved: 1, needsReview: 1, flagged: 0, unmapped: 1, decided: 1 },
      requiredTargetsUnfed: [{ schema: null, table: 'T', column: 'z' }],
    });
    expect(evaluation.reasons).toHaveLength(3);
  });

  it('gives figures for no mappings at all', () => {
    const { evaluation } = evaluateMappings({ mappings: [], source: [], target: [], profiles: new Map(), settings });
    expect(evaluation).toMatchObject({ completeness: 1, averageConfidence: 0, targetCoverage: 1, complexRatio: 0 });
  });
});
