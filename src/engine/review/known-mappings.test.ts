import { describe, expect, it } from 'vitest';
import { aColumn, aTable } from '../../../test/support/data-session.ts';
import type { KnownMapping } from '../../shared/model/known-mapping.ts';
import type { Mapping } from '../../shared/model/mapping.ts';
import { decisionsFromKnown, unresolvedKnown, withKnownMappings } from './known-mappings.ts';
import { ruleExpression, saysDirect } from './rule-expression.ts';

const source = [
  aTable(
    'CUST',
    ['NM', 'OLD', 'CODE'].map((name) => aColumn(name)),
  ),
];
const target = [
  aTable(
    'customer',
    ['name', 'code', 'label'].map((name) => aColumn(name)),
  ),
];
const sides = { source, target };
const context = { ...sides, profiles: new Map(), autoApprove: 0.8, rejected: new Map() };

const proposal = (column: string): Mapping => ({
  id: `CUST.${column}`,
  source: { schema: null, table: 'CUST', column },
  target: null,
  transformation: { type: 'none', expression: 'NULL' },
  additional: [],
  confidence: 0,
  parts: { semantic: 0, type: 0, domain: 0, history: 0 },
  status: 'unmapped',
  rationale: '',
  reasons: [],
  candidates: [],
  issues: [],
  priority: 2,
  patterns: [],
});
const proposals = ['NM', 'OLD', 'CODE'].map(proposal);

const known = (column: string, to: string | null, rule: string | null = null, row = 5): KnownMapping => ({
  source: { schema: null, table: 'cust', column },
  target: to === null ? null : { schema: null, table: 'Customer', column: to },
  rule,
  status: null,
  file: 'map.xlsx',
  sheet: 'Fields',
  row,
});

describe('known mappings in a run', () => {
  it('settle the mapping as given and name workbook, sheet and row', () => {
    const [mapped, gone, other] = withKnownMappings(
      proposals,
      [known('nm', 'NAME', 'TRIM(NM)'), known('OLD', null)],
      context,
    );
    expect(mapped).toMatchObject({
      target: { table: 'customer', column: 'name' },
      transformation: { type: 'calculated', expression: 'TRIM(NM)' },
      status: 'auto_approved',
      confidence: 1,
      rationale: 'Given by the user in map.xlsx, sheet "Fields", row 5.',
    });
    expect(gone).toMatchObject({ target: null, status: 'modified' });
    expect(other).toBe(proposals[2]);
  });

  it('stay open where the rule is prose, and keep the rule as a reason', () => {
    const [mapped] = withKnownMappings(proposals, [known('NM', 'name', 'Look the name up in the register')], context);
    expect(mapped).toMatchObject({ status: 'needs_review', target: { column: 'name' } });
    expect(mapped?.reasons[0]).toContain('Look the name up in the register');
    expect(mapped?.transformation.expression).not.toContain('Look');
  });

  it('feed several targets from one column', () => {
    const [mapped] = withKnownMappings(proposals, [known('NM', 'name'), known('NM', 'label')], context);
    expect(mapped?.additional.map((entry) => entry.target.column)).toEqual(['label']);
  });

  it('give way where a person rejects them', () => {
    const rejected = new Map([['CUST.NM', [{ schema: null, table: 'customer', column: 'name' }]]]);
    expect(withKnownMappings(proposals, [known('NM', 'name')], { ...context, rejected })[0]).toBe(proposals[0]);
  });

  it('become decisions that say where they come from', () => {
    expect(decisionsFromKnown([known('NM', 'name', 'UPPER(NM)')], proposals, sides)).toEqual([
      {
        mappingId: 'CUST.NM',
        verdict: 'modify',
        target: { schema: null, table: 'customer', column: 'name' },
        note: 'map.xlsx, sheet "Fields", row 5: UPPER(NM)',
        transformation: { type: 'calculated', expression: 'UPPER(NM)' },
      },
    ]);
  });

  it('are said where a column is not in the schemas', () => {
    expect(unresolvedKnown([known('NM', 'nowhere', null, 9), known('NM', 'name')], sides)).toMatchObject([
      { severity: 'warning', line: 9, message: expect.stringContaining('names Customer.nowhere') as string },
    ]);
  });
});

describe('rules of a mapping table', () => {
  it.each(['Direct move', '1:1', 'as is', 'direkt', 'N/A'])('%s is a plain move', (rule) => {
    expect(saysDirect(rule)).toBe(true);
  });

  it.each(["CASE WHEN CODE = 'A' THEN 1 ELSE 0 END", 'UPPER(NM) || CODE', 'COALESCE(NM, OLD)'])(
    '%s can run',
    (rule) => {
      expect(ruleExpression(rule, source[0] as (typeof source)[number])).toBe(rule);
    },
  );

  it.each([
    'see the note',
    'NM',
    "read_csv('/etc/passwd')",
    'NM; DROP TABLE x',
    '(SELECT NM)',
    'UPPER(NM',
    "NM || 'open",
  ])('%s does not', (rule) => {
    expect(ruleExpression(rule, source[0] as (typeof source)[number])).toBeNull();
  });
});
