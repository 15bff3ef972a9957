import { describe, expect, it } from 'vitest';
import type { Mapping } from '../../shared/model/mapping.ts';
import { scoreMappings } from './score-mappings.ts';
import { parseTruth } from './truth.ts';

const parts = { semantic: 1, type: 1, domain: 0.5, history: 0.5 };

function mapping(column: string, ranked: readonly string[], confidence: number, status: Mapping['status']): Mapping {
  const ref = (name: string) => ({ schema: null, table: 'T', column: name });
  return {
    id: `S.${column}`,
    source: { schema: null, table: 'S', column },
    target: ranked[0] === undefined ? null : ref(ranked[0]),
    transformation: { type: 'direct', expression: column },
    additional: [],
    confidence,
    parts,
    status,
    rationale: '',
    reasons: [],
    candidates: ranked.map((name) => ({ ...ref(name), score: 0, parts, because: '' })),
    issues: [],
    priority: 5,
    patterns: [],
  };
}

describe('scoreMappings', () => {
  it('counts ranks, automatic decisions and calibration of the columns that the truth names', () => {
    const truth = parseTruth(
      'source_table,source_column,target_table,target_column\ns,a,t,X\ns,a,t,y\ns,b,t,y\n"s",c,,\n\n',
    );
    const score = scoreMappings(
      [
        mapping('A', ['x'], 0.9, 'auto_approved'),
        mapping('b', ['x', 'y'], 0.6, 'needs_review'),
        mapping('c', ['x'], 0.9, 'auto_approved'),
        mapping('unknown', ['x'], 0.1, 'flagged'),
      ],
      truth,
    );
    expect(score).toEqual({
      scored: 3,
      mappable: 2,
      'acc@1': 0.5,
      'acc@5': 1,
      mrr: 0.75,
      precision: 0.3333,
      auto_share: 0.6667,
      auto_precision: 0.5,
      ece: 0.4667,
    });
  });

  it('has no figures without any truth', () => {
    expect(scoreMappings([], new Map())).toMatchObject({ scored: 0, 'acc@1': null, ece: null });
  });
});
