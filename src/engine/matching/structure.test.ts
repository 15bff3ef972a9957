import { describe, expect, it } from 'vitest';
import { columnProfile, table as tableOf, tableProfile, typed } from '../../../test/support/builders.ts';
import { detectDomain } from '../domains/detect-domain.ts';
import { compileLexicon } from '../domains/lexicon.ts';
import { domainPacks, findDomainPack, genericPack, languagePacks } from '../domains/packs.ts';
import type { Column, Table, TypeFamily } from '../../shared/model/schema.ts';
import { topOf } from './candidates.ts';
import { viewSide } from './column-view.ts';
import { interpolate } from './confidence.ts';
import { dateFormat } from './date-format.ts';
import { reviewPriority } from './priority.ts';
import { proposeSplit } from './propose-split.ts';
import { softmax } from './ranker.ts';
import { referredTables } from './table-reference.ts';
import { containment, patternOverlap, rangeOverlap } from './value-overlap.ts';
import { summarizeValues } from './value-summary.ts';

const utility = findDomainPack('utility-billing');
const lexicon = compileLexicon(utility === null ? [genericPack] : [genericPack, utility], utility, languagePacks);

const column = (name: string, type: TypeFamily = 'string'): Column => typed(name, type);

function table(name: string, columns: readonly (string | Column)[], more: Partial<Table> = {}): Table {
  return tableOf(
    name,
    columns.map((entry) => (typeof entry === 'string' ? column(entry) : entry)),
    more,
  );
}

const view = (...tables: readonly Table[]) => viewSide(tables, new Map(), lexicon, new Set());

describe('references between tables', () => {
  it('are told from keys, from names and from abbreviated names', () => {
    const side = view(
      table('customer', ['customer_id', 'name'], { primaryKey: ['customer_id'] }),
      table('orders', ['id', 'CUST_ID', 'owner', 'customer', 'note'], {
        foreignKeys: [
          { name: null, columns: ['owner'], references: { schema: null, table: 'CUSTOMER', columns: ['customer_id'] } },
        ],
      }),
    );
    expect([...referredTables(side)]).toEqual([0, -1, 1, 0, 0, 0, -1]);
  });
});

describe('words of a column', () => {
  const words = (name: string, comment: string): readonly string[] =>
    view(table('t', [{ ...column(name), comment }])).columns[0]?.words ?? [];

  it('come from a short comment where the name is opaque', () => {
    expect(words('zqxcd', 'county code')).toEqual(['county', 'code']);
    expect(words('customer_name', 'legal entity')).toEqual(['customer', 'name']);
    expect(
      words('zqxcd', 'a long text that tells a story about where the column once came from and why'),
    ).not.toContain('story');
  });

  it('come from the values where the name is opaque and the domain knows how they are written', () => {
    const healthcare = findDomainPack('healthcare')!;
    const known = compileLexicon([genericPack, healthcare], healthcare, languagePacks);
    const profiled = (name: string, ...values: readonly string[]): readonly string[] => {
      const profile = tableProfile(
        't',
        [columnProfile(name, { distinct: values.length })],
        values.map((value) => [value]),
      );
      return viewSide([table('t', [name])], new Map([['t', profile]]), known, new Set()).columns[0]?.words ?? [];
    };
    expect(profiled('zqxfjk', 'E11.9', 'I10', 'J45.909')).toEqual(['diagnosis', 'code']);
    expect(profiled('zqxfjk', 'E11.9', 'I10', 'none')).toEqual(['zqxfjk']);
    expect(profiled('patient_name', 'E11.9', 'I10', 'J45.909')).toEqual(['patient', 'name']);
  });

  it('make a plain name the half that its sibling leaves', () => {
    const named = (...names: readonly string[]): readonly string[] =>
      view(table('t', names)).columns.map((entry) => entry.words.join(' '));
    expect(named('name', 'first_name')).toEqual(['last name', 'first name']);
    expect(named('last_name', 'name')).toEqual(['last name', 'first name']);
    expect(named('name', 'first_name', 'last_name')[0]).toBe('name');
    expect(named('name', 'city')[0]).toBe('name');
  });

  it('come from the title that a data dictionary gives', () => {
    expect(
      words('frd', 'Description: day of the first visit, Type: DATE, Field Name: First Registration Date'),
    ).toEqual(['first', 'registration', 'date']);
  });
});

describe('reviewPriority', () => {
  it('puts keys first, then the words of the domain, then what every table has', () => {
    const side = view(
      table('acct', ['id', 'owner', 'mtr_nbr', 'status', 'zzz'], {
        primaryKey: ['id'],
        foreignKeys: [{ name: null, columns: ['owner'], references: { schema: null, table: 'x', columns: [] } }],
      }),
    );
    expect(side.columns.map((entry) => reviewPriority(entry, lexicon))).toEqual([10, 9, 8, 5, 2]);
  });
});

describe('proposeSplit', () => {
  const target = view(table('customer', ['first_name', 'last_name', 'city']));

  it('splits a full name over first and last name, and only where the source has no parts of its own', () => {
    const source = view(table('CUST', ['CUST_NM', 'CITY']));
    const split = proposeSplit(source.columns[0]!, target.columns[1]!, source, target);
    expect(split?.parts.map((part) => [part.target.column, part.transformation.type])).toEqual([
      ['first_name', 'split'],
      ['last_name', 'split'],
    ]);
    const parts = view(table('CUST', ['CUST_NM', 'FIRST_NM', 'LAST_NM']));
    expect(proposeSplit(parts.columns[0]!, target.columns[1]!, parts, target)).toBeNull();
    expect(proposeSplit(source.columns[1]!, target.columns[2]!, source, target)).toBeNull();
  });

  it('fills the parts of a date beside the date', () => {
    const source = view(table('P', [column('BIRTH_DT', 'date')]));
    const dates = view(
      table('person', [
        column('birth_date', 'date'),
        column('year_of_birth', 'integer'),
        column('month_of_birth', 'integer'),
        column('hire_year', 'integer'),
      ]),
    );
    const split = proposeSplit(source.columns[0]!, dates.columns[0]!, source, dates);
    expect(split?.parts.map((part) => [part.target.column, part.transformation.expression])).toEqual([
      ['year_of_birth', "CAST(DATE_PART('year', BIRTH_DT) AS BIGINT)"],
      ['month_of_birth', "CAST(DATE_PART('month', BIRTH_DT) AS BIGINT)"],
    ]);
  });
});

describe('values', () => {
  const summary = (...values: readonly string[]) => {
    const profile = tableProfile(
      't',
      [columnProfile('c', { distinct: values.length, patterns: [{ pattern: 'A9', count: values.length }] })],
      values.map((value) => [value]),
    );
    return summarizeValues(profile, profile.columns[0]!, 0);
  };

  it('compare without case and accents, by shape and by range', () => {
    const a = summary('Città', 'B', 'C')!;
    const b = summary('citta', 'b')!;
    expect(
      containment([...a.values].filter((value) => b.values.has(value)).length, a.values.size, b.values.size),
    ).toBeCloseTo(2 / 3);
    expect(patternOverlap(a, b)).toBe(1);
    expect(rangeOverlap(summary('1', '2', '3')!, summary('1', '2', '3')!)).toBe(1);
    expect(rangeOverlap(summary('1', '2')!, summary('900', '1000')!)).toBeLessThan(0.1);
  });

  it('say nothing where a column is empty', () => {
    expect(summary('', ' ')).toBeNull();
  });
});

describe('the small parts of ranking', () => {
  it('topOf gives the largest values with ties by index', () => {
    expect(topOf(Float32Array.from([1, 5, 3, 5, 0]), 0, 5, 3)).toEqual([1, 3, 2]);
    expect(topOf(Float32Array.from([1, 5, 3]), 2, 3, 9)).toEqual([2]);
  });

  it('softmax sums to one and survives large scores', () => {
    expect(softmax([1000, 1000])).toEqual([0.5, 0.5]);
  });

  it('interpolate is piecewise linear and flat outside', () => {
    const curve = [
      { at: 0.2, is: 0.1 },
      { at: 0.6, is: 0.5 },
    ];
    expect([0, 0.2, 0.4, 0.9].map((x) => Math.round(interpolate(curve, x) * 1000) / 1000)).toEqual([
      0.1, 0.1, 0.3, 0.5,
    ]);
  });

  it('dateFormat leaves placeholder dates out of the count', () => {
    const top = ['00000000', '20240131'].map((value) => ({ value, count: 1 }));
    expect(
      dateFormat({
        name: 'd',
        nulls: 0,
        distinct: 2,
        min: null,
        max: null,
        minLength: 8,
        maxLength: 8,
        top,
        patterns: [],
        semanticType: null,
      }),
    ).toEqual({ format: '%Y%m%d', ambiguous: false });
  });
});

describe('domain packs', () => {
  it('are told from the words of a job, or not at all', () => {
    expect(
      detectDomain(new Set(['meter', 'premise', 'account', 'tariff', 'reading', 'bill', 'usage', 'x']), domainPacks)
        ?.id,
    ).toBe('utility-billing');
    expect(detectDomain(new Set(['film', 'actor', 'rental']), domainPacks)).toBeNull();
  });

  it('are known by their id only', () => {
    expect(() => findDomainPack('no-such')).toThrow('No domain pack');
    expect(findDomainPack(null)).toBeNull();
  });
});
