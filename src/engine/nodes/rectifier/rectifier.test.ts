import { describe, expect, it } from 'vitest';
import type { LearnedPattern, Mapping } from '../../../shared/model/mapping.ts';
import { mapping as anyMapping } from '../../../../test/support/builders.ts';
import { applyRectifications } from './apply-rectifications.ts';
import { proposeRectifications } from './propose-rectifications.ts';

const part = { semantic: 0.6, type: 1, domain: 0.5, history: 0.5 };
const candidate = (table: string, column: string) => ({
  schema: null,
  table,
  column,
  score: 0.5,
  parts: part,
  because: '',
});

const mapping = (table: string, column: string, target: string | null, more: Partial<Mapping> = {}): Mapping =>
  anyMapping(`${table}.${column}`, target, {
    transformation: { type: 'direct', expression: column },
    status: 'needs_review',
    ...more,
  });

const corrected = (before: Mapping, target: string | null, expression = before.source.column): Mapping => ({
  ...mapping(before.source.table, before.source.column, target),
  transformation: { type: expression === before.source.column ? 'direct' : 'cast', expression },
  status: 'modified',
});

describe('proposeRectifications', () => {
  it('takes a correction to the same column of another table, within that table’s own route', () => {
    const a = mapping('A', 'STAT_CD', 'x.code');
    const b = mapping('B', 'STAT_CD', 'y.code', {
      candidates: [candidate('y', 'code'), candidate('y', 'status'), candidate('x', 'status')],
    });
    const [proposal] = proposeRectifications([a, b], [corrected(a, 'x.status'), b], []);
    expect(proposal).toMatchObject({
      mappingId: 'B.STAT_CD',
      rule: 'same_name',
      after: { target: { table: 'y', column: 'status' }, status: 'needs_review' },
    });
  });

  it('carries an expression over with the other column’s name, not inside of text', () => {
    const a = mapping('A', 'OPEN_DT', 'x.opened');
    const b = mapping('B', 'open_dt', 'x.opened');
    const [proposal] = proposeRectifications(
      [a, b],
      [corrected(a, 'x.opened', "TRY_STRPTIME(OPEN_DT, 'OPEN_DT %Y')"), b],
      [],
    );
    expect(proposal?.after.transformation).toEqual({ type: 'cast', expression: "TRY_STRPTIME(open_dt, 'OPEN_DT %Y')" });
  });

  it('moves neighbours along when a column is routed to another table', () => {
    const a = mapping('A', 'NAME', 'x.name');
    const b = mapping('A', 'CITY', 'x.city', { candidates: [candidate('x', 'city'), candidate('y', 'city')] });
    const [proposal] = proposeRectifications([a, b], [corrected(a, 'y.name'), b], []);
    expect(proposal).toMatchObject({ rule: 'same_route', after: { target: { table: 'y', column: 'city' } } });
  });

  it('never touches what a person decided and proposes nothing that is so already', () => {
    const a = mapping('A', 'STAT_CD', 'x.code');
    const decided = (['approved', 'modified', 'rejected'] as const).map((status, i) =>
      mapping(`D${i}`, 'STAT_CD', 'x.code', { status }),
    );
    const same = mapping('S', 'STAT_CD', 'z.status');
    const before = [a, ...decided, same];
    expect(proposeRectifications(before, [corrected(a, 'z.status'), ...decided, same], [])).toEqual([]);
  });

  it('does not feed a target twice from one table', () => {
    const a = mapping('A', 'STAT_CD', 'x.code');
    const b = mapping('B', 'STAT_CD', 'x.code');
    const taken = mapping('B', 'STATE', 'x.status');
    expect(proposeRectifications([a, b, taken], [corrected(a, 'x.status'), b, taken], [])).toEqual([]);
  });

  it('falls back on learned patterns, and only for targets among the candidates', () => {
    const pattern: LearnedPattern = {
      id: 'p',
      sourceColumn: 'RGN',
      sourceTable: 'A',
      sourceType: 'text',
      targetTable: 'x',
      targetColumn: 'region',
      transformation: { type: 'direct', expression: 'RGN' },
      verdict: 'approve',
      uses: 1,
      confidence: 0.95,
      origin: 'other',
      learnedAt: '2026-01-01T00:00:00Z',
    };
    const known = mapping('A', 'RGN', 'x.range', { candidates: [candidate('x', 'range'), candidate('x', 'region')] });
    const unknown = mapping('A', 'RGN', 'x.range');
    expect(proposeRectifications([known], [known], [pattern])[0]).toMatchObject({
      rule: 'learned_pattern',
      after: { target: { column: 'region' } },
    });
    expect(proposeRectifications([unknown], [unknown], [pattern])).toEqual([]);
  });
});

describe('applyRectifications', () => {
  it('changes the mappings that are still as they were and says why', () => {
    const a = mapping('A', 'STAT_CD', 'x.code');
    const b = mapping('B', 'STAT_CD', 'x.code');
    const settled = [corrected(a, 'x.status'), b];
    const proposals = proposeRectifications([a, b], settled, []);
    const changed = applyRectifications(settled, proposals);
    expect(changed[1]).toMatchObject({ target: { column: 'status' }, status: 'needs_review' });
    expect(changed[1]?.reasons[0]).toContain('Taken over by the rectifier');
    expect(applyRectifications(changed, proposals)).toEqual(changed);
    const since = [settled[0] as Mapping, { ...b, status: 'approved' as const }];
    expect(applyRectifications(since, proposals)).toEqual(since);
  });
});
