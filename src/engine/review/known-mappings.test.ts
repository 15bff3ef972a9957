import { describe, expect, it } from 'vitest';
import { mapping } from '../../../test/support/builders.ts';
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

const proposals = ['NM', 'OLD', 'CODE'].map((column) => mapping(`CUST.${column}`, null));

const known = (column: string, to: string | null, rule: string | null = null, row = 5): KnownMapping => ({
  source: { schema: null, table: 'cust', column },
  target: to === null ? null : { schema: null, table: 'Customer', column: to },
  rule,
  status: null,
  file: 'map.xlsx',
  sheet: 'Fields',
  row,
});

describe('lines about derived columns', () => {
  const constant = (to: string, rule: string): KnownMapping => ({
    ...known('', to, rule),
    source: { schema: null, table: null, column: '' },
  });
  const derivedOf = (lines: readonly KnownMapping[], from = proposals): readonly Mapping[] =>
    withKnownMappings(from, lines, context).filter(({ sources }) => sources !== undefined);

  it('make a target column of the columns that they name, with the rule where it can run', () => {
    expect(derivedOf([known('NM + CODE', 'label', "CONCAT_WS(' ', NM, CODE)")])).toMatchObject([
      {
        id: '= customer.label',
        sources: [{ column: 'NM' }, { column: 'CODE' }],
        transformation: { type: 'merge', expression: "CONCAT_WS(' ', NM, CODE)" },
        status: 'auto_approved',
      },
    ]);
  });

  it('keep the proposal’s expression open where the rule is prose, and say nothing where there is none', () => {
    const line = known('NM & CODE', 'label', 'Put the two together');
    expect(derivedOf([line])).toEqual([]);
    const [first] = derivedOf([known('NM + CODE', 'label', 'NM || CODE')]);
    const proposed: Mapping = { ...(first as Mapping), status: 'needs_review', rationale: 'found' };
    expect(derivedOf([line], [...proposals, proposed])).toMatchObject([
      { status: 'needs_review', transformation: { expression: 'NM || CODE' } },
    ]);
  });

  it('give every row one value, made with the rows that the target table comes from', () => {
    const fed = proposals.map((one, at) =>
      at === 0 ? { ...one, target: { schema: null, table: 'customer', column: 'name' } } : one,
    );
    expect(derivedOf([constant('code', "Constant: 'EUR'")], fed)).toMatchObject([
      { source: { table: 'CUST', column: '' }, sources: [], transformation: { type: 'constant', expression: "'EUR'" } },
    ]);
    expect(derivedOf([constant('code', "Constant: 'EUR'")])).toEqual([]);
  });

  it('are no lines that could not be resolved, unless the target is not there', () => {
    expect(unresolvedKnown([known('NM + CODE', 'label'), constant('code', '0')], sides)).toEqual([]);
    expect(unresolvedKnown([constant('nowhere', '0')], sides)[0]?.message).toContain('Customer.nowhere');
  });

  it('decide about the proposal for that target', () => {
    const [first] = derivedOf([known('NM + CODE', 'label', 'NM || CODE')]);
    const line = known('NM + CODE', 'label', 'CODE || NM');
    expect(decisionsFromKnown([line], [...proposals, first as Mapping], sides)).toMatchObject([
      { mappingId: '= customer.label', verdict: 'modify', transformation: { type: 'merge', expression: 'CODE || NM' } },
    ]);
  });
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
